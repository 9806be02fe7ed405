import NIOSSL

/// How to speak TLS with the server.
package struct RedisTLS: Sendable, Equatable {
    /// How much of the server's certificate is checked.
    package enum Verification: String, Sendable, Equatable {
        /// Issued by a trusted authority, for the host that was asked for.
        case full
        /// Issued by a trusted authority, for any host.
        case authority
        /// Nothing is checked: any server is believed. For tests.
        case none
    }

    /// PEM file with the authorities to trust instead of the system's.
    package var authorityFile: String?
    package var verification: Verification

    package init(authorityFile: String? = nil, verification: Verification = .full) {
        self.authorityFile = authorityFile
        self.verification = verification
    }

    /// Reads the files named here. Blocks on the file system; call it at start only. Throws `.tls`.
    func makeContext() throws(RedisError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification =
            switch verification {
            case .full: .fullVerification
            case .authority: .noHostnameVerification
            case .none: .none
            }
        if let authorityFile { configuration.trustRoots = .file(authorityFile) }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            let place = authorityFile.map { " with the authorities in \($0)" } ?? ""
            throw RedisError(.tls, "TLS cannot be set up\(place): \(error)")
        }
    }
}
