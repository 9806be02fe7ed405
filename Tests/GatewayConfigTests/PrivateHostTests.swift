import CurlClient
import Routing
import Testing

@testable import GatewayConfig

@Suite("Hosts that are not public are named before they are asked")
struct PrivateHostTests {
    @Test("A host that can be known without a name server must be allowed", arguments: [
        ("http://127.0.0.1:8000/v1", "of this machine"), ("http://localhost/v1", "of this machine"),
        ("http://LOCALHOST:1", "of this machine"), ("http://llm.localhost./v1", "of this machine"),
        ("http://10.1.2.3", "of a private network"), ("http://2130706433/v1", "of this machine"),
        ("http://169.254.169.254/latest", "local to its link"), ("http://[::1]:80/v1", "of this machine"),
        ("http://[fd00:ec2::254]", "of a private network"), ("http://[::ffff:10.0.0.1]/v1", "of a private network"),
        ("http://0.0.0.0", "of this network"),
    ])
    func refused(url: String, use: String) {
        let message = "expected a public host, found one that is \(use); say allow_private: true if it is meant"
        let provider = "providers:\n  - name: a\n    base_url: \"\(url)\"\n"
        #expect(Refusals.of(provider) == ["3:15: providers[0].base_url: \(message)"])
        #expect(Refusals.of(provider + "    allow_private: false\n").count == 1)
        #expect(Refusals.of(provider + "    allow_private: true\n") == [])
        let remote = "embedding: {remote: {base_url: \"\(url)\", model: m, dimension: 4}}"
        #expect(Refusals.of(remote) == ["1:32: embedding.remote.base_url: \(message)"])
    }

    @Test("Public hosts and other names need no word", arguments: [
        "https://api.example.com/v1", "https://8.8.8.8/v1", "http://localhost.example.com", "http://llm.internal:8000",
        "http://[2606:4700::1111]/v1", "http://a-localhost",
    ])
    func allowed(url: String) {
        #expect(Refusals.of("providers: [{name: a, base_url: \"\(url)\"}]") == [])
    }

    @Test("What is allowed is for its provider alone")
    func kept() throws {
        let configuration = try Refusals.load(
            "providers: [{name: a, base_url: \"http://a\", allow_private: true}, {name: b, base_url: \"http://b\"}]")
        #expect(configuration.routing.providers.map(\.allowsPrivateAddresses) == [true, false])
    }
}
