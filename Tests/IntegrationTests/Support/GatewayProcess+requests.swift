import Foundation

extension GatewayProcess {
    /// What `/readyz` says.
    struct Readiness: Decodable {
        let ready: Bool
        let redis: Bool
        let mirrorComplete: Bool
        let mirrorEntries: Int
        let encoder: String
    }

    /// Asks over a connection of its own.
    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, body: [], headers: headers)
    }

    /// Asks over a connection of its own.
    func post(
        _ body: [UInt8], to path: String = "/v1/chat/completions", headers: [String: String] = [:]
    ) async throws -> Answer {
        try await send("POST", path, body: body, headers: headers)
    }

    /// Asks a question and reads the whole answer.
    func ask(
        _ question: String, model: String = "main", stream: Bool = false, more: String = "",
        headers: [String: String] = [:]
    ) async throws -> Answer {
        try await post(Chat.body(question, model: model, stream: stream, more: more), headers: headers)
    }

    func send(_ method: String, _ path: String, body: [UInt8], headers: [String: String]) async throws -> Answer {
        let connection = try await ClientConnection.open(port: port)
        let headers = headers.merging(["connection": "close"]) { $1 }
        try await connection.send(Chat.request(method, path, body: body, headers: headers))
        let answer = try await connection.answer()
        try? await connection.close()
        return answer
    }

    func readiness() async throws -> Readiness {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Readiness.self, from: Data(try await get("/readyz").body))
    }

    /// The sum of a metric's series whose line contains all of `labels`.
    func metric(_ name: String, _ labels: String...) async throws -> Double {
        let lines = try await get("/metrics").text.split(separator: "\n")
        let ours = lines.filter { line in
            (line.hasPrefix(name + " ") || line.hasPrefix(name + "{")) && labels.allSatisfy(line.contains)
        }
        return ours.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}
