import Foundation

/// A file of `Tests/ProviderAPIsTests/Fixtures`: sections, each under a line `=== name`. What stands above the first
/// says what the fixture is for.
struct FixtureFile {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    /// In their order.
    let sections: [(name: String, text: String)]

    /// - Parameter path: behind the folder of the fixtures, without the ending.
    init(_ path: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: path + ".txt"), encoding: .utf8)
        sections = "\n\(text)".components(separatedBy: "\n=== ").dropFirst().map { section in
            let lines = section.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let body = lines.count > 1 ? String(lines[1]) : ""
            return (String(lines[0]), body.trimmingCharacters(in: .newlines))
        }
    }

    subscript(_ name: String) -> String? { sections.first { $0.name == name }?.text }

    /// The names of the fixtures in a folder; none where there is no such folder.
    static func names(in path: String) -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path())
        return (files ?? []).filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }
}
