import ArgumentParser
import GatewayConfig
import Policy
import Routing
import Telemetry

/// `refrain check-config`: tells whether the gateway would start with a configuration, before it has to.
struct CheckConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check a configuration file.",
        discussion: """
            Reads the file as 'serve' does, with the variables and files its secrets refer to. It connects to nothing.

            Exits with 0 and one line when the file can be used. Otherwise it lists every problem on standard error, \
            one a line with its place, and exits with 1; so it does when the file cannot be read.
            """)

    @Argument(help: "The configuration file.", completion: .file(extensions: ["yaml", "yml"]))
    var path = "config/refrain.yaml"

    func run() async throws {
        do throws(ConfigIssues) {
            let configuration = try GatewayConfiguration.load(path: path)
            let routes = Self.count(configuration.routing.routes.count, "route")
            let providers = Self.count(configuration.routing.providers.count, "provider")
            let tenants = Self.count(configuration.policy.tenants.count, "tenant")
            print("ok: \(routes), \(providers), \(tenants)")
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
