package import Foundation

/// The evaluation sets, which live outside the package: a folder named by `REFRAIN_SHARED_DATA`, or `shared/data`
/// beside the package or above it. Tests that need them are skipped where there are none.
package enum SharedData {
    /// The folder, or nil if it cannot be found.
    package static let directory: URL? = find()

    /// The lines of a file as JSON texts; nil if the folder or the file is missing.
    package static func lines(_ file: String) -> [Substring]? {
        guard let directory, let text = try? String(contentsOf: directory.appending(path: file), encoding: .utf8)
        else { return nil }
        return text.split(separator: "\n")
    }

    /// The pairs of a `*.pairs.jsonl` or `*.hard.jsonl` file; nil if it is missing. A line that is no pair is left out.
    package static func pairs(_ file: String) -> [LabelledPair]? {
        let decoder = JSONDecoder()
        return lines(file)?.compactMap { try? decoder.decode(LabelledPair.self, from: Data($0.utf8)) }
    }

    private static func find() -> URL? {
        if let named = ProcessInfo.processInfo.environment["REFRAIN_SHARED_DATA"] {
            return existing(URL(filePath: named))
        }
        var folder = URL(filePath: FileManager.default.currentDirectoryPath).standardizedFileURL
        while folder.path() != "/" {
            folder = folder.deletingLastPathComponent().standardizedFileURL
            if let found = existing(folder.appending(path: "shared/data")) { return found }
        }
        return nil
    }

    private static func existing(_ folder: URL) -> URL? {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: folder.path(), isDirectory: &isFolder)
        return exists && isFolder.boolValue ? folder : nil
    }
}
