import GatewayCore

extension ConfigKind where Value == Int {
    /// Decimal digits, and a minus where the range allows it.
    static func integer(_ range: ClosedRange<Int>) -> ConfigKind {
        ConfigKind("an integer from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number of bytes: a plain integer or one with `B`, `KiB`, `MiB` or `GiB` (powers of 1024).
    static func bytes(_ range: ClosedRange<Int>) -> ConfigKind {
        let bounds = "\(ConfigUnit.size(range.lowerBound)) to \(ConfigUnit.size(range.upperBound))"
        return ConfigKind("a size from \(bounds), such as 256KiB or 10MiB") { text in
            let (digits, unit) = ConfigUnit.split(text)
            guard let count = Int(digits), let factor = unit.isEmpty ? 1 : ConfigUnit.sizes[unit] else { return nil }
            let (bytes, isTooLarge) = count.multipliedReportingOverflow(by: factor)
            return !isTooLarge && range.contains(bytes) ? bytes : nil
        }
    }
}

extension ConfigKind where Value: BinaryFloatingPoint & LosslessStringConvertible {
    /// Decimal digits with an optional fraction.
    static func number(_ range: ClosedRange<Int>) -> ConfigKind {
        ConfigKind("a number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }),
                let number = Value(text), number >= Value(range.lowerBound), number <= Value(range.upperBound)
            else { return nil }
            return number
        }
    }
}

extension ConfigKind where Value == Duration {
    /// An integer with its unit: `ms`, `s`, `m`, `h` or `d`.
    static func duration(_ range: ClosedRange<Duration>) -> ConfigKind {
        let bounds = "\(ConfigUnit.time(range.lowerBound)) to \(ConfigUnit.time(range.upperBound))"
        return ConfigKind("a duration from \(bounds), such as 25ms, 2s, 10m, 24h or 1d") { text in
            let (digits, unit) = ConfigUnit.split(text)
            guard let count = Int(digits), let factor = ConfigUnit.times[unit] else { return nil }
            let (milliseconds, isTooLarge) = count.multipliedReportingOverflow(by: factor)
            guard !isTooLarge else { return nil }
            let duration = Duration.milliseconds(milliseconds)
            return range.contains(duration) ? duration : nil
        }
    }
}

extension ConfigKind where Value == Double {
    /// A share in per cent.
    static var share: ConfigKind {
        ConfigKind("a share above 0% and up to 50%, such as 1% or 0.5%") { Share.percent($0) }
    }
}

extension ConfigKind where Value == Bool {
    static var bool: ConfigKind {
        ConfigKind("true or false") { ["true": true, "false": false][$0] }
    }
}
