import ArgumentParser
import FoundationEssentials

/// Reads files named on the command line, with errors for the one who named them.
enum TextFile {
    static func contents(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("cannot read '\(path)'")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ValidationError("'\(path)' is not UTF-8")
        }
        return text
    }

    /// The lines without their ends; a last empty one is none.
    static func lines(of path: String) throws -> [String] {
        let text = try contents(of: path)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
        }
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }
}
