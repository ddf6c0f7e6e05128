#include "config/consent_config.h"
#include <doctest/doctest.h>
using namespace hardtop;
