import GatewayCore

/// Counts the bytes of texts by script class, line by line, and the signs that stand in single bytes.
///
/// A line is code inside a Markdown fence, when it ends like a statement (`;`, `{`, `}`), when it is indented and holds
/// an operator, or when more than one byte in seven is one of `(){}[]<>=;\|&*$_`. A wrong guess only shifts the token
/// estimate between two ratios that are learned.
struct ScriptScan {
    private(set) var bytes = ScriptBytes()
    private(set) var questionMarks = 0
    private(set) var lines = 0
    private(set) var listItems = 0
    private(set) var numbers = 0
    private(set) var mathSigns = 0
    /// Kana and Hangul, which tell Japanese and Korean from Chinese; Cyrillic, Greek, Arabic and others by their lead.
    private(set) var kana = 0
    private(set) var hangul = 0
    private(set) var leads = ScriptLeads()

    private var isFenced = false

    mutating func scan(_ text: Span<UInt8>) {
        isFenced = false
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 0x0A { end += 1 }
            let stop = end < text.count ? end + 1 : end
            scanLine(text, start..<stop)
            start = stop
        }
    }

    private mutating func scanLine(_ text: Span<UInt8>, _ range: Range<Int>) {
        var line = Line()
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text[index]
            if byte < 0x80 {
                line.take(byte)
                index += 1
            } else {
                index += takeWide(text, index, range.upperBound, &line)
            }
        }
        lines += 1
        questionMarks += line.questionMarks
        numbers += line.numbers
        mathSigns += line.mathSigns
        if line.isFence {
            isFenced.toggle()
            bytes.code += range.count
            return
        }
        if isFenced || line.isCode {
            bytes.code += range.count - line.cjkBytes
        } else {
            bytes.latin += range.count - line.cjkBytes
            if line.isListItem { listItems += 1 }
        }
        bytes.cjk += line.cjkBytes
    }

    /// Takes one scalar beyond ASCII; gives its length. The text is UTF-8: the document's parser checked it.
    private mutating func takeWide(_ text: Span<UInt8>, _ index: Int, _ end: Int, _ line: inout Line) -> Int {
        let lead = text[index]
        let second = index + 1 < end ? text[index + 1] : 0
        let third = index + 2 < end ? text[index + 2] : 0
        line.takeWide()
        switch lead {
        case 0..<0xE0:
            leads.take(lead)
            return min(2, end - index)
        case 0xE0..<0xF0:
            let length = min(3, end - index)
            // U+2190–22FF: arrows and mathematical operators.
            if lead == 0xE2, (0x86...0x8B).contains(second) { mathSigns += 1 }
            if lead == 0xE0 { leads.takeThree(second) }
            // U+3000–9FFF and U+AC00–D7FF, with the full-width forms of U+FF00.
            let isCJK = (0xE3...0xE9).contains(lead) || (0xEA...0xED).contains(lead) && second >= 0x80
                || lead == 0xEF && (0xBC...0xBE).contains(second)
            if isCJK { line.cjkBytes += length }
            if lead == 0xE3, second == 0x81 || second == 0x82 || second == 0x83 { kana += 1 }
            if lead == 0xEA && second >= 0xB0 || lead == 0xEB || lead == 0xEC { hangul += 1 }
            // The full-width question mark is U+FF1F.
            if lead == 0xEF, second == 0xBC, third == 0x9F { questionMarks += 1 }
            return length
        default:
            let length = min(4, end - index)
            if lead == 0xF0, second == 0xA0 || second == 0xA1 { line.cjkBytes += length }
            return length
        }
    }
}

/// What one line has shown so far.
private struct Line {
    var questionMarks = 0
    var numbers = 0
    var mathSigns = 0
    var cjkBytes = 0
    private var visible = 0
    private var symbols = 0
    private var operators = 0
    private var indent = 0
    private var ticks = 0
    private var first: UInt8 = 0
    private var second: UInt8 = 0
    private var last: UInt8 = 0
    private var wasDigit = false

    mutating func takeWide() {
        visible += 1
        if first == 0 { first = 0xFF } else if second == 0 { second = 0xFF }
        last = 0xFF
        wasDigit = false
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) {
        let isDigit = byte &- UInt8(ascii: "0") < 10
        if isDigit, !wasDigit { numbers += 1 }
        wasDigit = isDigit
        if byte <= 0x20 {
            if first == 0 { indent += byte == 0x09 ? 4 : 1 } else if second == 0 { second = byte }
            return
        }
        visible += 1
        if first == 0 { first = byte } else if second == 0 { second = byte }
        switch byte {
        case UInt8(ascii: "?"): questionMarks += 1
        case UInt8(ascii: "`"): if visible == ticks + 1 { ticks += 1 }
        case UInt8(ascii: "="):
            symbols += 1
            operators += 1
            mathSigns += 1
        case UInt8(ascii: "+"), UInt8(ascii: "^"): mathSigns += 1
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ":"):
            if byte != UInt8(ascii: ":") { symbols += 1 }
            operators += 1
        case UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "$"),
            UInt8(ascii: "_"):
            symbols += 1
        default: break
        }
        last = byte
    }

    var isFence: Bool { ticks >= 3 }

    var isCode: Bool {
        switch last {
        case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"): return true
        default: break
        }
        if indent >= 2, operators > 0, !isListItem { return true }
        return symbols > 1 && symbols * 7 > visible
    }

    /// `- item`, `* item`, `• item`, `1. item`, `a) item`.
    var isListItem: Bool {
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): second == 0x20
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            second == UInt8(ascii: ".") || second == UInt8(ascii: ")")
        default: false
        }
    }
}
