import Foundation
import GatewayConfig
import SemanticCache
import Testing

@testable import refrain

@Suite struct GatewayProfileTests {
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("Every configuration that is measured is one the gateway takes", arguments: GatewayProfile.all.keys)
    func valid(name: ServerName) throws {
        let profile = try #require(GatewayProfile.all[name])
        let folder = try WorkDirectory()
        try folder.write(String(repeating: "6b", count: 32), to: "cache.key")
        try folder.write(GatewayProfile.clientKey, to: "client.key")
        let place = GatewayPlace(
            port: 1, redisPort: 2, mockPort: 3, pacedPort: 4, slowPort: 5, directory: folder.path,
            modelDirectory: folder.path)
        let path = try folder.write(profile.text(place, knowsHot: false), to: "refrain.yaml")
        let configuration = try GatewayConfiguration.check(path: path)
        #expect("\(configuration.cache.mode)" == profile.cache.rawValue)
    }

    @Test("Profiles that write stand in a database of their own")
    func databases() {
        let writers: [ServerName] = [.exact, .hot, .full]
        for writer in writers {
            let database = GatewayProfile.all[writer]?.database
            let others = GatewayProfile.all.filter { $0.key != writer && $0.value.database == database }
            #expect(others.isEmpty, "\(writer.rawValue) shares with \(others.keys.map(\.rawValue))")
        }
    }

    @Test("The configurations of all peers are there and ask for nothing that is not filled in")
    func templates() throws {
        let names = ["port", "mock_port", "paced_port", "slow_port", "redis_port", "directory", "user"]
        for peer in PeerServer.all {
            let file = Self.package.appending(path: "config/bench/\(peer.template)").path()
            let text = try #require(ProcFile.text(file), "\(file)")
            let filled = try PeerTemplate.fill(text, Dictionary(uniqueKeysWithValues: names.map { ($0, "7") }))
            #expect(text.contains("@port@"))
            #expect(!filled.contains("@port@"))
        }
    }
}
