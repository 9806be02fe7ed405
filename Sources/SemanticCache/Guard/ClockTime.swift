/// Times of the day, as minutes from midnight.
enum ClockTime {
    /// "5:30", "17:30:10" or "5:30pm"; nil for what is no time.
    static func read(_ bytes: Span<UInt8>, _ hours: Range<Int>, limit: Int) -> NumberShape.Piece? {
        guard let hour = Decimal.read(bytes, hours)?.plainInteger, hour < 25 else { return nil }
        let start = hours.upperBound + 1
        guard start + 1 < limit, GuardBytes.isDigit(bytes[start]), GuardBytes.isDigit(bytes[start + 1]) else {
            return nil
        }
        let minute = Int64(bytes[start] - 0x30) * 10 + Int64(bytes[start + 1] - 0x30)
        var end = start + 2
        guard minute < 60, end == limit || !GuardBytes.isDigit(bytes[end]) && bytes[end] != UInt8(ascii: ":") else {
            return nil
        }
        var total = hour * 60 + minute
        if end + 1 < limit, GuardBytes.lowered(bytes[end + 1]) == UInt8(ascii: "m"), end + 2 == limit {
            if GuardBytes.lowered(bytes[end]) == UInt8(ascii: "p"), hour < 12 { total += 720 }
            end += 2
        }
        return NumberShape.Piece(quantities: [minutes(total)], end: end)
    }

    /// Full hours with am or pm behind them; nil if one is no hour of a clock.
    static func onHour(_ quantities: [Quantity], isEvening: Bool) -> [Quantity]? {
        var times: [Quantity] = []
        for quantity in quantities {
            guard let hour = quantity.plainInteger, hour >= 0, hour < 25 else { return nil }
            times.append(minutes(hour * 60 + (isEvening && hour < 12 ? 720 : 0)))
        }
        return times
    }

    /// A time in which the evening is told by a word of its own.
    static func inEvening(_ time: Quantity) -> Quantity {
        guard let total = time.plainInteger, total < 720 else { return time }
        return minutes(total + 720)
    }

    private static func minutes(_ total: Int64) -> Quantity {
        let (mantissa, exponent) = Quantity.reducedInteger(total)
        return Quantity(mantissa: mantissa, exponent: exponent, unit: .clock)
    }
}
