/// A number of a text, exact: `mantissa` × 10^`exponent`, with its unit if one stands beside it.
struct Quantity: Sendable, Equatable {
    /// How firmly the text names the number.
    enum Strength: UInt8, Sendable {
        /// It must have its like on the other side.
        case firm
        /// "one" may be a pronoun: it may be matched, and need not be.
        case loose
        /// "first", or the length of a list ("top 10"): refuses only against another number of the other side.
        case soft
    }

    var mantissa: Int64
    var exponent: Int8
    var unit: QuantityUnit = .none
    var strength: Strength = .firm

    /// A decimal fraction loses its trailing zeros, an integer gains none: 5.0 and 5 are one number.
    static func reduced(_ mantissa: Int64, _ exponent: Int) -> (Int64, Int) {
        guard mantissa != 0 else { return (0, 0) }
        var mantissa = mantissa
        var exponent = exponent
        while mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
        return (mantissa, exponent)
    }

    static func reducedInteger(_ value: Int64) -> (Int64, Int8) {
        let (mantissa, exponent) = reduced(value, 0)
        return (mantissa, Int8(exponent))
    }

    /// The number if it is an integer of at most nine digits.
    var plainInteger: Int64? {
        guard exponent >= 0, exponent < 9, mantissa.magnitude < 1_000_000_000 else { return nil }
        var value = mantissa
        for _ in 0..<exponent {
            value *= 10
        }
        return value
    }

    /// Multiplies unless that would overflow: then the number stays, which makes it differ from any other.
    mutating func multiply(by factor: Int64) {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
        guard !overflow else { return }
        let (reduced, power) = Quantity.reduced(product, Int(exponent))
        guard let small = Int8(exactly: power) else { return }
        (mantissa, exponent) = (reduced, small)
    }
}
