// swift-tools-version: 6.2
// The rooms of the house, floor by floor; Sources/README.md says what each is for.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A room of the house: a library that stands on the rooms named and on nothing else.
func room(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one room; `data` is a folder among them that is read while they run.
func tests(_ name: String, on dependencies: [Target.Dependency], data: String? = nil) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: data.map { [$0] } ?? [], swiftSettings: strict)
}

/// The release binary is fully static and stripped, so that one file runs anywhere and starts at
/// once; `WAGGLE_LINK=dynamic` links what the distribution has instead.
let linked: [LinkerSetting] =
  Context.environment["WAGGLE_LINK"] == "dynamic"
  ? []
  : [.unsafeFlags(["-static-executable", "-Xlinker", "-s"], .when(configuration: .release))]

let package = Package(
  name: "waggle",
  products: [.executable(name: "waggle", targets: ["waggle"])],
  dependencies: [
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // floor 0
    room("WaggleText"),
    room("WaggleValues"),
    tests("WaggleValuesTests", on: ["WaggleValues"]),
    room("WaggleTime"),
    .target(
      name: "CEditLine",
      linkerSettings: ["edit", "tinfo", "bsd", "md"].map { .linkedLibrary($0) }),
    room("WaggleEditor", on: ["CEditLine"]),
    tests("WaggleEditorTests", on: ["WaggleEditor"]),
    // floor 1
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    room("WaggleFormats", on: ["WaggleValues", "WaggleTime", "CPCRE2", "CLibYAML"]),
    tests("WaggleFormatsTests", on: ["WaggleFormats", "WaggleValues"]),
    room("WaggleSyntax", on: ["WaggleText"]),
    room("WaggleCatalogue", on: ["WaggleText", "WaggleValues", "WaggleTime"]),
    room("WaggleWait", on: ["WaggleValues", "WaggleTime"]),
    // floor 2
    room("WaggleCheck", on: ["WaggleText", "WaggleSyntax", "WaggleValues", "WaggleCatalogue"]),
    room("WaggleClient", on: ["WaggleValues", "WaggleCatalogue", "WaggleTime", "WaggleWait"]),
    room("WaggleSandbox", on: ["WaggleValues", "WaggleCatalogue", "WaggleTime"]),
    room(
      "WaggleHTTP",
      on: [
        "WaggleValues", "WaggleCatalogue", "WaggleTime",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    tests(
      "WaggleHTTPTests",
      on: [
        "WaggleHTTP", "WaggleClient", "WaggleCatalogue", "WaggleValues", "WaggleTime",
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    // floor 3
    room(
      "WaggleDoor",
      on: [
        "WaggleSandbox", "WaggleCatalogue", "WaggleTime",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests(
      "WaggleDoorTests",
      on: [
        "WaggleDoor", "WaggleHTTP", "WaggleSandbox", "WaggleCatalogue", "WaggleClient",
        "WaggleValues", "WaggleTime",
      ]),
    room(
      "WaggleEval",
      on: [
        "WaggleText", "WaggleValues", "WaggleFormats", "WaggleSyntax", "WaggleCatalogue",
        "WaggleCheck",
        "WaggleTime", "WaggleWait",
      ]),
    // floor 4
    room(
      "WaggleRender",
      on: [
        "WaggleText", "WaggleValues", "WaggleTime", "WaggleFormats", "WaggleSyntax",
        "WaggleCatalogue", "WaggleCheck", "WaggleWait", "WaggleEval",
      ]),
    tests(
      "WaggleRenderTests",
      on: ["WaggleRender", "WaggleText", "WaggleTime", "WaggleValues", "WaggleWait"]),
    // floor 5
    .target(name: "CHost"),
    room(
      "WaggleHost",
      on: [
        "CHost",
        "WaggleText", "WaggleValues", "WaggleTime", "WaggleSyntax", "WaggleCatalogue", "WaggleWait",
        "WaggleCheck", "WaggleClient", "WaggleHTTP", "WaggleSandbox", "WaggleDoor", "WaggleEval",
        "WaggleRender", "WaggleEditor",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    tests(
      "WagglePromptTests",
      on: [
        "WaggleHost", "WaggleEditor", "WaggleCatalogue", "WaggleCheck", "WaggleRender",
        "WaggleSyntax", "WaggleText", "WaggleTime", "WaggleValues",
      ]),
    // floor 6
    .executableTarget(
      name: "waggle", dependencies: ["WaggleHost"], swiftSettings: strict,
      linkerSettings: linked),
    // tests
    tests("WaggleTimeTests", on: ["WaggleTime"]),
    tests("WaggleWaitTests", on: ["WaggleWait", "WaggleTime", "WaggleValues"]),
    tests(
      "WaggleClientTests",
      on: ["WaggleClient", "WaggleCatalogue", "WaggleWait", "WaggleTime", "WaggleValues"]),
    tests("WaggleTextTests", on: ["WaggleText"]),
    tests("WaggleSyntaxTests", on: ["WaggleText", "WaggleSyntax"]),
    tests(
      "WaggleCheckTests",
      on: ["WaggleText", "WaggleSyntax", "WaggleValues", "WaggleCatalogue", "WaggleCheck"]),
    tests("WaggleCatalogueTests", on: ["WaggleCatalogue", "WaggleValues", "WaggleTime"]),
    tests(
      "WaggleSandboxTests",
      on: ["WaggleSandbox", "WaggleCatalogue", "WaggleValues", "WaggleTime"]),
    tests(
      "WaggleEvalTests",
      on: [
        "WaggleEval", "WaggleText", "WaggleValues", "WaggleSyntax", "WaggleCatalogue",
        "WaggleCheck", "WaggleTime", "WaggleWait",
      ]),
    tests(
      "WaggleHostTests",
      on: [
        "WaggleHost", "WaggleDoor", "WaggleHTTP", "WaggleSandbox", "WaggleClient",
        "WaggleCatalogue", "WaggleValues", "WaggleTime", "WaggleWait",
      ]),
    tests(
      "TranscriptTests",
      on: [
        "WaggleHost", "WaggleCatalogue", "WaggleCheck", "WaggleRender", "WaggleSyntax",
        "WaggleText",
      ],
      data: "Sessions"),
  ]
)

// The target of `scripts/fuzz`, which alone builds it: libFuzzer is to be linked to nothing else.
if Context.environment["WAGGLE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "WaggleText", "WaggleSyntax", "WaggleCatalogue", "WaggleCheck", "WaggleRender",
      ],
      path: "scripts/fuzz.d", swiftSettings: strict))
}
