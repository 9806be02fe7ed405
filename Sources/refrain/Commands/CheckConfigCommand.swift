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
            Reads the file as 'serve' does, with the variables and files its secrets refer to. It connects to
            nothing: of secrets in Vault only the references are checked.

            Exits with 0, one line and the routes with their targets when the file can be used. Otherwise it lists \
            every problem on standard error, one a line with its place, and exits with 1; so it does when the file \
            cannot be read.
            """)

    @Argument(help: "The configuration file.", completion: .file(extensions: ["yaml", "yml"]))
    var path = "config/refrain.yaml"

    func run() async throws {
        do throws(ConfigIssues) {
            let configuration = try GatewayConfiguration.check(path: path)
            let routes = configuration.routing.routes
            let counts = [
                Plural.count(routes.count, "route"),
                Plural.count(configuration.routing.providers.count, "provider"),
                Plural.count(configuration.policy.tenants.count, "tenant"),
            ]
            print("ok: \(counts.joined(separator: ", "))")
            for route in routes { print(RouteSummary.text(of: route)) }
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
    }
}
