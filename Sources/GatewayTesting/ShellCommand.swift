package import Foundation

/// A command of the system that a test needs done.
package enum ShellCommand {
    /// Runs it to its end, without output.
    /// - Throws: when it cannot be started or ends with a failure.
    package static func run(_ arguments: [String], in directory: URL) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        // Not `waitUntilExit`: it would block one of the few threads that all tests share.
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        guard process.terminationStatus == 0 else {
            let message = "\(arguments.prefix(2).joined(separator: " ")) ended with \(process.terminationStatus)"
            throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: message])
        }
    }
}
