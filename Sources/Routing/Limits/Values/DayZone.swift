/// How far a place's clocks are ahead of UTC over the years, so that its days can be told with summer time.
///
/// A class, so that limits that have none stay cheap to copy.
package final class DayZone: Sendable, Equatable {
    /// From one moment on clocks are ahead by another time.
    package struct Shift: Sendable, Equatable {
        /// In seconds since 1970.
        package let start: Int64
        /// In seconds.
        package let offset: Int

        package init(start: Int64, offset: Int) {
            self.start = start
            self.offset = offset
        }
    }

    package let name: String
    /// In front of all shifts.
    private let first: Int
    private let shifts: [Shift]

    /// - Parameter shifts: in the order of time.
    package init(_ name: String, first: Int, shifts: [Shift]) {
        self.name = name
        self.first = first
        self.shifts = shifts
    }

    /// By how many seconds clocks are ahead of UTC at a moment, in seconds since 1970.
    package func offset(at second: Double) -> Int {
        var (low, high) = (0, shifts.count)
        while low < high {
            let middle = (low + high) / 2
            if Double(shifts[middle].start) <= second { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : shifts[low - 1].offset
    }

    package static func == (left: DayZone, right: DayZone) -> Bool {
        left === right || left.name == right.name && left.first == right.first && left.shifts == right.shifts
    }
}

extension Limits {
    /// Seconds after midnight UTC at which a day's count starts anew, by the clocks of the zone at a moment in
    /// milliseconds since 1970.
    package func dayStartSeconds(at now: Double) -> Double {
        Double(dayStart * 60 - (dayZone?.offset(at: now / 1000) ?? 0))
    }

    /// How many seconds later than a day after its start the day of `now` ends, as its zone's clocks are shifted
    /// until then.
    package func dayShiftSeconds(at now: Double) -> Double {
        guard let dayZone else { return 0 }
        let start = dayStartSeconds(at: now)
        let end = (((now / 1000 - start) / 86_400).rounded(.down) + 1) * 86_400 + start
        return Double(dayZone.offset(at: now / 1000) - dayZone.offset(at: end))
    }
}
