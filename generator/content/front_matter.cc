#include "content/front_matter.h"
