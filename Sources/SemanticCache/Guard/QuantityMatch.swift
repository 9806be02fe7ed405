/// Compares the numbers of two texts as multisets.
enum QuantityMatch {
    /// Whether every firm number of each side has its like on the other, and no two soft ones contradict each other.
    static func agrees(_ ours: [Quantity], _ theirs: [Quantity]) -> Bool {
        if ours.isEmpty && theirs.isEmpty { return true }
        if ours == theirs { return true }
        var free = theirs
        var unmatched: [Quantity] = []
        for quantity in ours {
            if let index = free.firstIndex(where: { sameAmount(quantity, $0) && $0.strength == .firm })
                ?? free.firstIndex(where: { sameAmount(quantity, $0) })
            {
                free.remove(at: index)
            } else {
                unmatched.append(quantity)
            }
        }
        if unmatched.contains(where: { $0.strength == .firm }) { return false }
        if free.contains(where: { $0.strength == .firm }) { return false }
        return !(unmatched.contains { $0.strength == .soft } && free.contains { $0.strength == .soft })
    }

    /// Whether both mean one amount: the same number with units that fit, or units that convert into it.
    static func sameAmount(_ one: Quantity, _ other: Quantity) -> Bool {
        if one.unit == other.unit || one.unit.isKin(other.unit)
            || one.unit == .none && other.unit.fitsBareNumber || other.unit == .none && one.unit.fitsBareNumber
        {
            return one.mantissa == other.mantissa && one.exponent == other.exponent
        }
        let (unit, factor) = one.unit.base
        let (otherUnit, otherFactor) = other.unit.base
        guard unit == otherUnit else { return false }
        let (mantissa, exponent) = one.mantissa.multipliedReduced(by: factor, exponent: Int(one.exponent))
        let (otherMantissa, otherExponent) = other.mantissa.multipliedReduced(
            by: otherFactor, exponent: Int(other.exponent))
        return mantissa == otherMantissa && exponent == otherExponent
    }
}
