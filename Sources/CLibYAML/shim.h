// libyaml's parser: the events of a YAML stream.
#include <yaml.h>
