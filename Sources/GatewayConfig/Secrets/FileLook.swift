import GatewayCore

/// What one look at the file of a secret came to.
enum FileLook: Sendable {
    case unchanged
    /// Somebody writes it right now: what was read may be half of it.
    case unsettled
    case read(FileStamp, Secret)
    case failed(ConfigProblem)

    /// Blocks on the file system.
    /// - Parameter known: of the file that was read last.
    init(at path: String, known: FileStamp?) {
        let before = FileStamp(path: path)
        if let before, before == known {
            self = .unchanged
            return
        }
        do throws(ConfigProblem) {
            let secret = try SecretSource.file(path) { try TextFile.read($0, limit: SecretSource.lengthLimit * 2) }
            guard let before, before == FileStamp(path: path) else {
                self = .unsettled
                return
            }
            self = .read(before, secret)
        } catch {
            self = .failed(error)
        }
    }
}
