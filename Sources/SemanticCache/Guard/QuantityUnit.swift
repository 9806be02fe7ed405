/// What a number counts. Units of one base convert exactly; `none` fits any unit but per cent and the clock.
enum QuantityUnit: UInt8, Sendable {
    case none, percent, clock
    case dollar, euro, sterling, rupee, yen, pound, crown, franc
    case second, minute, hour, day, week, month, year
    case gram, kilogram, milligram
    case meter, centimeter, millimeter, kilometer, mile, foot, inch
    case liter, milliliter, gallon, degree
    case kilobyte, megabyte, gigabyte, terabyte

    /// The unit that stands for all it converts into, and the integer factor to it.
    var base: (unit: QuantityUnit, factor: Int64) {
        switch self {
        case .minute: (.second, 60)
        case .hour: (.second, 3_600)
        case .day: (.second, 86_400)
        case .week: (.second, 604_800)
        case .year: (.month, 12)
        case .gram: (.milligram, 1_000)
        case .kilogram: (.milligram, 1_000_000)
        case .centimeter: (.millimeter, 10)
        case .meter: (.millimeter, 1_000)
        case .kilometer: (.millimeter, 1_000_000)
        case .foot: (.inch, 12)
        case .liter: (.milliliter, 1_000)
        default: (self, 1)
        }
    }

    /// Whether a number with this unit may be meant by one without any.
    var fitsBareNumber: Bool { self != .percent && self != .clock }

    var isCurrency: Bool { rawValue >= QuantityUnit.dollar.rawValue && rawValue <= QuantityUnit.franc.rawValue }

    /// "pounds" are money or weight; one of them fits the other.
    func isKin(_ other: QuantityUnit) -> Bool {
        self == .pound && other == .sterling || self == .sterling && other == .pound
    }
}
