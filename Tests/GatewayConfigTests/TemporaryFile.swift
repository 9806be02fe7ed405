import Foundation

/// A file that is gone with this object.
final class TemporaryFile: Sendable {
    private let folder: URL
    private let url: URL

    init(_ text: String = "") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "refrain-config-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        url = folder.appending(path: "file")
        try Data(text.utf8).write(to: url)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { url.path() }

    /// Puts another file in its place, as orchestrators do.
    func replace(with text: String) throws {
        let other = folder.appending(path: "other")
        try Data(text.utf8).write(to: other)
        guard rename(other.path(), url.path()) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Writes into the same file, as an editor may.
    func overwrite(with text: String) throws {
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    func remove() throws { try FileManager.default.removeItem(at: url) }
}
