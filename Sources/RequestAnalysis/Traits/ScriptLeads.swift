/// Letters beyond ASCII by the block their lead byte stands for, to guess the language of what is not Latin.
struct ScriptLeads {
    private(set) var greek = 0
    private(set) var cyrillic = 0
    private(set) var hebrew = 0
    private(set) var arabic = 0
    private(set) var devanagari = 0
    private(set) var thai = 0

    /// The lead of a sequence of two bytes.
    mutating func take(_ lead: UInt8) {
        switch lead {
        case 0xCE, 0xCF: greek += 1
        case 0xD0, 0xD1: cyrillic += 1
        case 0xD7: hebrew += 1
        case 0xD8, 0xD9: arabic += 1
        default: break
        }
    }

    /// The second byte of a sequence of three that begins with E0.
    mutating func takeThree(_ second: UInt8) {
        switch second {
        case 0xA4, 0xA5: devanagari += 1
        case 0xB8, 0xB9: thai += 1
        default: break
        }
    }

    /// The block with the most letters, as the language that mostly uses it.
    var language: String? {
        let counts = [
            ("el", greek), ("ru", cyrillic), ("he", hebrew), ("ar", arabic), ("hi", devanagari), ("th", thai),
        ]
        return counts.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
    }

    var total: Int { greek + cyrillic + hebrew + arabic + devanagari + thai }
}
