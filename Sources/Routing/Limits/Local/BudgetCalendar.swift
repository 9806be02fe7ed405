/// When the periods of budgets end, in UTC.
enum BudgetCalendar {
    private static let day = 86_400_000.0

    /// The end of the period that `now` is in, as milliseconds since 1970; infinite for one without end.
    static func end(of period: HardBudget.Period, at now: Double) -> Double {
        switch period {
        case .day: ((now / day).rounded(.down) + 1) * day
        case .month: monthEnd(Int((now / day).rounded(.down))) * day
        case .total: .infinity
        }
    }

    /// The first day of the next month, as days since 1970. Years begin in March, which puts the odd day last:
    /// Howard Hinnant, "chrono-compatible low-level date algorithms".
    private static func monthEnd(_ dayNumber: Int) -> Double {
        let shifted = dayNumber + 719_468
        let era = Int((Double(shifted) / 146_097).rounded(.down))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        var month = (5 * dayOfYear + 2) / 153 + 1
        var year = yearOfEra
        if month == 12 { (month, year) = (0, year + 1) }
        let start = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5
        return Double(era * 146_097 + start - 719_468)
    }
}
