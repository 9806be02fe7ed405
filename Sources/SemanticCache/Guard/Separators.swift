/// The points and commas of a number, to tell the decimal one from those that group.
struct Separators {
    private var points = 0
    private var commas = 0
    private var lastIsComma = false
    /// Digits since the last separator.
    private var tail = 0
    /// All groups between separators had two or three digits.
    private var groupsFit = true
    private var hasLead = false

    var isEmpty: Bool { points + commas == 0 }

    mutating func digit() {
        tail += 1
        if isEmpty { hasLead = true }
    }

    mutating func separator(_ byte: UInt8) {
        if !isEmpty, tail != 3, tail != 2 { groupsFit = false }
        lastIsComma = byte == UInt8(ascii: ",")
        if lastIsComma { commas += 1 } else { points += 1 }
        tail = 0
    }

    /// How many digits stand behind the decimal separator; nil if the run is no number.
    var fractionDigits: Int? {
        switch (points, commas) {
        case (0, 0): 0
        case (1, 0): tail
        case (0, 1): tail == 3 && hasLead ? 0 : tail
        case (0, _), (_, 0): groupsFit && tail == 3 ? 0 : nil
        case (1, _) where !lastIsComma, (_, 1) where lastIsComma: tail
        default: nil
        }
    }

    /// One point before three digits: decimal or grouping, nobody can tell.
    var keepsZeros: Bool { points == 1 && commas == 0 && tail == 3 && hasLead }
}
