// What the gate says about what it cannot move, and the mend.
#pragma once

#include "consent/gate_units.h"

namespace hardtop {

// consent/cannot-gate. `find` is what would have been gated.
[[nodiscard]] GateProblem cannot_gate(const Services& services, const GateFind& find,
                                      const GateUnits::Refusal& refusal);

}  // namespace hardtop
