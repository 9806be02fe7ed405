import Foundation

extension GatewayProcess {
    /// What `/admin/cache/purge` answers, as far as the tests look at it.
    struct Purged: Decodable {
        let count: Int?
        let generation: Int?
        let holdsSinceMs: Int?
        let sample: [Sample]?

        struct Sample: Decodable { let question: String? }
    }

    static let adminKey = "key-of-the-operator"

    /// Asks for a purge over a connection of its own.
    /// - Parameter members: of the order, as JSON.
    func purge(_ members: String, key: String? = adminKey) async throws -> Answer {
        let headers = key.map { ["authorization": "Bearer \($0)"] } ?? [:]
        return try await post(Array("{\(members)}".utf8), to: "/admin/cache/purge", headers: headers)
    }
}

extension Answer {
    var purged: GatewayProcess.Purged? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(GatewayProcess.Purged.self, from: Data(body))
    }
}

extension GatewaySettings {
    /// With the operator's key.
    mutating func openAdmin() {
        variables["REFRAIN_TEST_ADMIN"] = GatewayProcess.adminKey
        lines.append("admin: {key: \"env:REFRAIN_TEST_ADMIN\"}")
    }
}
