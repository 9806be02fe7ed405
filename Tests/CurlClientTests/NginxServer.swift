import Foundation
import GatewayTesting
import NIOCore
import NIOPosix

@testable import CurlClient

/// A real HTTP/2 server: nginx in a directory of its own, on a free port.
final class NginxServer {
    private static let executable = "/usr/sbin/nginx"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: executable) }

    private let process = Process()
    private let directory: URL
    private let port: Int

    /// - Parameter file: what `/large` serves; `/hello` says hello.
    static func start(certificates: TestCertificates, file: Data) async throws -> NginxServer {
        // The port is free again when nginx asks for it; only by chance is it taken in between.
        let probe = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = probe.localAddress?.port ?? 0
        try await probe.close()
        return try NginxServer(port: port, certificates: certificates, file: file)
    }

    private init(port: Int, certificates: TestCertificates, file: Data) throws {
        self.port = port
        directory = FileManager.default.temporaryDirectory.appending(path: "nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try file.write(to: directory.appending(path: "large"))
        let configuration = """
            daemon off; master_process off; pid nginx.pid; error_log error.log;
            events { worker_connections 256; }
            http {
                access_log off; keepalive_requests 100000;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificates.serverCertificateFile);
                    ssl_certificate_key \(certificates.serverKeyFile);
                    location = /hello { return 200 "hello"; }
                    location = /large { root \(directory.path); }
                }
            }
            """
        try Data(configuration.utf8).write(to: directory.appending(path: "nginx.conf"))
        process.executableURL = URL(filePath: Self.executable)
        process.arguments = ["-p", directory.path, "-c", "nginx.conf", "-e", "error.log"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func url(_ path: String) -> String { "https://127.0.0.1:\(port)\(path)" }

    /// Asks until nginx listens; the test's time limit bounds it.
    func waitUntilReady(_ client: CurlClient) async throws {
        while true {
            do throws(CurlError) {
                _ = try await client.fetch(.local(url: url("/hello")))
                return
            } catch {
                guard error.code == .connectFailed, process.isRunning else { throw error }
                await Task.yield()
            }
        }
    }

    /// Kills it: a process started from a thread of the test pool inherits that thread's mask, which blocks SIGTERM.
    func stop() throws {
        kill(process.processIdentifier, SIGKILL)
        try FileManager.default.removeItem(at: directory)
    }
}
