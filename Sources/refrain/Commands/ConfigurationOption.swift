import ArgumentParser
import GatewayConfig
import Telemetry


/// `--config`, and what every command does with it.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .shortAndLong, help: "The configuration file.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config = "config/refrain.yaml"

    /// Reads the file; prints every problem and ends with status 1 when it cannot be used.
    func load() async throws -> GatewayConfiguration {
        do {
            return try await GatewayConfiguration.load(path: config)
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode(1)
        }
    }
}
