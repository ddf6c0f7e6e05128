#include "content/markdown.h"
