#include "content/load_content.h"
