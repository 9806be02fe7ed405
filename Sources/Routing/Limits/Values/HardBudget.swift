/// Money that may not be exceeded, reserved before a call and settled after it.
package struct HardBudget: Sendable, Hashable {
    /// When it starts anew, in UTC.
    package enum Period: Int, Sendable {
        case day, month, total
    }

    package var period: Period
    /// In billionths of a dollar. Exact up to nine million dollars: the scripts count in binary floating point.
    package var nanodollars: Int

    package init(_ period: Period, nanodollars: Int) {
        self.period = period
        self.nanodollars = nanodollars
    }
}
