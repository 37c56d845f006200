// PCRE2 chooses its code unit width by a macro that must come before its header.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
