import Testing

@testable import GatewayConfig

@Suite struct IssueTests {
    @Test("An issue prints as file, line, column, path and message")
    func printed() throws {
        let error = try #require(throws: ConfigIssues.self) {
            try GatewayConfiguration.load(
                yaml: "cache:\n  threshold: 1.4\n", source: "refrain.yaml", environment: [:], readFile: { _ in "" })
        }
        #expect(error.description == "refrain.yaml:2:14: cache.threshold: expected a number from 0 to 1, found 1.4")
        #expect(!error.isRetriable)
    }

    @Test("All problems come at once, in the order of the file, each with its path and place")
    func severalAtOnce() {
        let yaml = """
            routes:
              - model: fast
                targets:
                  - provider: mian
                  - modle: large
              - targets: []
            providers:
              - name: main
                base_url: http://127.0.0.1:1/
            server:
              prot: 80
              port: eighty
              drain:
            loging: {}
            """
        let duration = "a duration from 0ms to 1h, such as 25ms, 2s, 10m, 24h or 1d"
        #expect(
            Refusals.of(yaml) == [
                "4:19: routes[0].targets[0].provider: expected the name of a provider, found mian; did you mean main?",
                "5:9: routes[0].targets[1].provider: expected a name of 1 to 64 letters, digits, '.', '_' or '-', "
                    + "found no such key in this section",
                "5:9: routes[0].targets[1].modle: unknown key; did you mean model?",
                "6:5: routes[1].model: expected a model's name, or * for all others "
                    + "(1 to 256 visible ASCII characters), found no such key in this section",
                "6:14: routes[1].targets: expected a list of at least one target, found nothing",
                "9:15: providers[0].base_url: expected a URL such as https://api.example.com/v1, found '/' at its end",
                "11:3: server.prot: unknown key; did you mean port?",
                "12:9: server.port: expected an integer from 0 to 65535, found eighty",
                "13:9: server.drain: expected \(duration), found nothing",
                "14:1: loging: unknown key; did you mean log?",
            ])
    }

    @Test("A key that is like no other comes with the list of those that are known")
    func unknownKeys() {
        #expect(Refusals.of("log: {colour: true}") == ["1:7: log.colour: unknown key; known here are level, format"])
        let remote = "{base_url: \"http://a\", model: m, dimension: 4, key: env:A}"
        #expect(
            Refusals.of("embedding:\n  remote: \(remote)\n")
                == [
                    "2:58: embedding.remote.key: unknown key; known here are base_url, allow_private, model, api_key, "
                        + "dimension, revision"
                ])
    }

    @Test("A key that is no name is shown in quotes, short and without control characters")
    func strangeKeys() {
        #expect(Refusals.of("log:\n  \"\\e[2J level\": info")[0].hasPrefix(#"2:3: log.'\u{1B}[2J level': unknown key"#))
        let long = Refusals.of("log:\n  \(String(repeating: "k", count: 500)): info")[0]
        #expect(long.hasPrefix("2:3: log.\(String(repeating: "k", count: 60))…: unknown key"))
    }

    @Test("A missing file is one issue that names it")
    func missingFile() throws {
        let error = try #require(throws: ConfigIssues.self) {
            try GatewayConfiguration.check(path: "/nowhere/refrain.yaml")
        }
        #expect(
            error.description
                == "/nowhere/refrain.yaml: expected a readable file, but: No such file or directory")
    }
}
