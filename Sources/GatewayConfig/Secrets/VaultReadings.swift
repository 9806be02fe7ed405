import GatewayCore

/// What was read from Vault for one load of the configuration.
struct VaultReadings: Sendable {
    private var found: [VaultReference: Result<String, ConfigProblem>] = [:]

    /// Reads every reference; what goes wrong is kept for those who ask for its text.
    static func read(
        _ references: Set<VaultReference>, _ configuration: VaultConfiguration, secrets: SecretSource
    ) async -> VaultReadings {
        var readings = VaultReadings()
        let token: Secret
        let client: VaultClient
        do throws(ConfigProblem) {
            token = try secrets.read(configuration.token)
            client = try VaultClient(configuration)
        } catch {
            for reference in references { readings.found[reference] = .failure(error) }
            return readings
        }
        for reference in references {
            do throws(ConfigProblem) {
                readings.found[reference] = .success(try await client.read(reference, token: token).text)
            } catch {
                readings.found[reference] = .failure(error)
            }
        }
        await client.shutdown()
        return readings
    }

    /// - Throws: why it could not be read.
    func text(of reference: VaultReference) throws(ConfigProblem) -> String {
        guard let result = found[reference] else { throw ConfigProblem("expected \(reference), but it was not read") }
        return try result.get()
    }
}
