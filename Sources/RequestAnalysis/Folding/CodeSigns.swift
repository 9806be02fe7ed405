/// Whether a text is code, holds code, or may: then white space and case can mean something.
///
/// The signs: back-ticks, braces, back-slashes and pipes; `()`, `==`, `!=`, `=>`, `->`, `&&`, `::`, `:=`, `/>`, `</`,
/// a tag; a blank before and behind `=`; a `;` that ends a line or the text; an option such as `-r` or `--all`;
/// an indented line after the first; a prompt (`$ `, `>>> `, `#!`) or a well known command at the start.
/// A false alarm costs a hit of the exact tier, a miss could serve a wrong answer: hence the wide net.
enum CodeSigns {
    private static let commands: [[UInt8]] = [
        "sudo", "git", "npm", "npx", "pip", "docker", "kubectl", "curl", "cd", "ls", "brew", "apt", "apt-get",
    ].map { Array($0.utf8) }

    static func found<Unit: FoldingUnit>(in units: borrowing MutableSpan<Unit>, count: Int) -> Bool {
        var previous: UInt8 = 0x0A
        var beforePrevious: UInt8 = 0
        for index in 0..<count {
            let unit = units[index]
            let code = unit.ascii
            let isSpace = code == 0x20 || (code >= 0x09 && code <= 0x0D) || (code == 0 && unit.traits == .space)
            if single(code) || pair(previous, code) { return true }
            if previous == UInt8(ascii: "="), beforePrevious == 0x20, isSpace { return true }
            if previous == UInt8(ascii: ";"), code == 0x0A || code == 0x0D { return true }
            if beforePrevious == 0x0A, index > 1, indents(previous, code) { return true }
            if isOption(beforePrevious, previous, code) { return true }
            beforePrevious = previous
            previous = isSpace && code != 0x0A && code != 0x0D && code != 0x09 ? 0x20 : code
        }
        return previous == UInt8(ascii: ";") || starts(units, count: count)
    }

    private static func single(_ code: UInt8) -> Bool {
        switch code {
        case UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"), UInt8(ascii: "|"): true
        default: false
        }
    }

    private static func pair(_ first: UInt8, _ second: UInt8) -> Bool {
        switch (first, second) {
        case (UInt8(ascii: "("), UInt8(ascii: ")")), (UInt8(ascii: ":"), UInt8(ascii: ":")): true
        case (UInt8(ascii: "="), UInt8(ascii: "=")), (UInt8(ascii: "!"), UInt8(ascii: "=")): true
        case (UInt8(ascii: ":"), UInt8(ascii: "=")), (UInt8(ascii: "="), UInt8(ascii: ">")): true
        case (UInt8(ascii: "-"), UInt8(ascii: ">")), (UInt8(ascii: "&"), UInt8(ascii: "&")): true
        case (UInt8(ascii: "/"), UInt8(ascii: ">")), (UInt8(ascii: "<"), UInt8(ascii: "/")): true
        case (UInt8(ascii: "<"), _): isLetter(second)
        default: false
        }
    }

    /// A line after the first that starts with a tab or two blanks, and goes on.
    private static func indents(_ first: UInt8, _ second: UInt8) -> Bool {
        first == 0x09 && second != 0x0A && second != 0x0D || first == 0x20 && second == 0x20
    }

    private static func isOption(_ before: UInt8, _ dash: UInt8, _ code: UInt8) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard dash == hyphen else { return false }
        return before == 0x20 && (isLetter(code) || code == hyphen) || before == hyphen && isLetter(code)
    }

    private static func isLetter(_ code: UInt8) -> Bool { (code | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func starts<Unit: FoldingUnit>(_ units: borrowing MutableSpan<Unit>, count: Int) -> Bool {
        var start = 0
        while start < count, units[start].traits.meets([.space, .inverted]) {
            start += 1
        }
        guard start < count else { return false }
        switch units[start].ascii {
        case UInt8(ascii: "$"):
            return start + 1 < count && units[start + 1].traits == .space
        case UInt8(ascii: ">"):
            return start + 2 < count && units[start + 1].ascii == UInt8(ascii: ">")
        case UInt8(ascii: "#"):
            return start + 1 < count && units[start + 1].ascii == UInt8(ascii: "!")
        default:
            for command in commands where matches(command, units, from: start, count: count) {
                return true
            }
            return false
        }
    }

    private static func matches<Unit: FoldingUnit>(
        _ command: [UInt8], _ units: borrowing MutableSpan<Unit>, from start: Int, count: Int
    ) -> Bool {
        let end = start + command.count
        guard end < count, units[end].traits == .space else { return false }
        for (offset, code) in command.enumerated() where units[start + offset].ascii != code {
            return false
        }
        return true
    }
}
