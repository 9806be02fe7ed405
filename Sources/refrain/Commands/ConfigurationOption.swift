import ArgumentParser
import GatewayConfig

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `--config`, and what every command does with it.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .shortAndLong, help: "The configuration file.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config = "config/refrain.yaml"

    /// Reads the file; prints every problem and ends with status 1 when it cannot be used.
    func load() throws -> GatewayConfiguration {
        do {
            return try GatewayConfiguration.load(path: config)
        } catch {
            fputs("\(error)\n", stderr)
            throw ExitCode(1)
        }
    }
}
