/// Markdown that holds a script.
extension ExplanationTable {
  static let runbooks: [Explanation] = [
    Explanation(
      "no-fence", "A runbook without a script",
      """
      In a file whose name ends in `.md` the script stands in fences of `waggle`. They run in order \
      as one script, and the heading above each is its step; all other text and fences of other \
      languages are left alone.
      """,
      wrong: """
        # Count the fleet

        ```
        print (bees | count)
        ```
        """,
      right: """
        # Count the fleet

        ```waggle
        print (bees | count)
        ```
        """, isMarkdown: true),
    Explanation(
      "unclosed-fence", "A fence that is never closed",
      """
      A fence ends with a line of the signs that opened it, as many of them at least, and with \
      nothing behind them. In a quote (`>`) each of its lines begins with the sign of the quote.
      """,
      wrong: """
        # Count the fleet

        ````waggle
        print (bees | count)
        ```
        """,
      right: """
        # Count the fleet

        ````waggle
        print (bees | count)
        ````
        """, isMarkdown: true),
  ]
}
