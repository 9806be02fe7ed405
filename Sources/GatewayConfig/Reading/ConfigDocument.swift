import Yams

/// The nodes of a YAML text.
///
/// The YAML library gives up at the first key that stands twice in a section. So that one typing error does not hide
/// all others, the earlier key is replaced by a name no one can write and the text is read again.
struct ConfigDocument {
    /// Nil for a text without anything but comments.
    let root: Node?
    /// Keys that stand again further down in their section, by their place.
    let doubledKeys: [ConfigPosition: String]

    /// Bytes of the longest text accepted.
    static let lengthLimit = 1024 * 1024
    /// Doubled keys looked for; with more of them only the last is reported.
    private static let doubledKeysLimit = 64
    /// Shorter strings keep their bytes inside the value itself, where the library's parser cannot point to.
    private static let shortStringBytes = 16

    /// - Throws: the place and the reason where the text is no YAML.
    init(_ yaml: String) throws(ConfigIssue) {
        guard yaml.utf8.count <= Self.lengthLimit else {
            throw ConfigIssue("expected at most \(Self.lengthLimit) bytes, found \(yaml.utf8.count)")
        }
        var text = yaml
        if text.utf8.count < Self.shortStringBytes { text += String(repeating: "\n", count: Self.shortStringBytes) }
        var doubled: [ConfigPosition: String] = [:]
        while true {
            do {
                root = try Parser(yaml: text, encoding: .utf8).singleRoot()
                doubledKeys = doubled
                return
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = ConfigPosition(context.mark)
                let name = names.first ?? ""
                guard doubled.count < Self.doubledKeysLimit,
                    let replaced = Self.replacing(name, at: position, in: text, number: doubled.count)
                else {
                    throw ConfigIssue(
                        at: position, "expected each key once in a section, found \(FoundText.shown(name)) again")
                }
                text = replaced
                doubled[position] = name
            } catch {
                throw Self.issue(error, in: yaml)
            }
        }
    }

    /// The text with the first scalar of a key replaced by one for private use, which keeps all places as they are.
    private static func replacing(
        _ name: String, at position: ConfigPosition, in text: String, number: Int
    ) -> String? {
        let scalars = text.unicodeScalars
        guard var index = index(of: position, in: text), !name.isEmpty,
            let mark = Unicode.Scalar(0xE000 + UInt32(number))
        else { return nil }
        if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
        guard scalars[index...].starts(with: name.unicodeScalars) else { return nil }
        var replaced = scalars
        replaced.replaceSubrange(index...index, with: CollectionOfOne(mark))
        return String(replaced)
    }

    private static func index(of position: ConfigPosition, in text: String) -> String.Index? {
        let scalars = text.unicodeScalars
        var line = 1
        var start = scalars.startIndex
        while line < position.line {
            guard let end = scalars[start...].firstIndex(of: "\n") else { return nil }
            start = scalars.index(after: end)
            line += 1
        }
        guard position.column > 0,
            let index = scalars.index(start, offsetBy: position.column - 1, limitedBy: scalars.endIndex),
            index < scalars.endIndex
        else { return nil }
        return index
    }

    private static func issue(_ error: any Error, in text: String) -> ConfigIssue {
        guard let error = error as? YamlError else { return ConfigIssue("expected YAML: \(error)") }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = context.map { " \($0.text)" } ?? ""
            // The parser may have gone on into what a short text was filled up with.
            let end = position(after: text[...].unicodeScalars)
            let position = min(ConfigPosition(mark), end)
            return ConfigIssue(at: position, "expected YAML\(place), but \(problem)")
        case .reader(let problem, let offset, _, _):
            return ConfigIssue(at: Self.position(ofCharacter: offset, in: text), "expected YAML: \(problem)")
        default:
            return ConfigIssue("expected YAML that fits into memory")
        }
    }

    private static func position(ofCharacter offset: Int?, in text: String) -> ConfigPosition {
        guard let offset, offset >= 0 else { return .none }
        return position(after: text.prefix(offset).unicodeScalars)
    }

    private static func position(after text: Substring.UnicodeScalarView) -> ConfigPosition {
        let line = text.count { $0 == "\n" } + 1
        let column = text.reversed().prefix { $0 != "\n" }.count + 1
        return ConfigPosition(line: line, column: column)
    }
}
