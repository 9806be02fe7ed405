import Testing

@testable import GatewayConfig

@Suite struct DoubledKeyTests {
    private func again(_ line: Int) -> String {
        "expected each key once in a section, found it again; line \(line) has it already"
    }

    @Test("A doubled key is reported where it stands again, with its path")
    func twice() {
        #expect(
            Refusals.of("server:\n  port: 1\n  host: a\n  port: 2\n") == ["4:3: server.port: \(again(2))"])
    }

    @Test("A key that stands three times is reported twice")
    func thrice() {
        #expect(
            Refusals.of("log:\n  level: info\n  level: debug\n  level: error\n")
                == ["4:3: log.level: \(again(2))", "4:3: log.level: \(again(3))"])
    }

    @Test("Doubled keys hide no other problem")
    func otherProblems() {
        let yaml = """
            server: {port: 1, port: 2, "host": a, "host": b}
            cache:
              threshold: 7
              prot: 1
            routing:
              lease_life: 20m
            routing:
              lease_life: 1
            """
        let duration = "expected a duration from 1s to 1h, such as 25ms, 2s, 10m, 24h or 1d, found 1"
        #expect(
            Refusals.of(yaml) == [
                "1:19: server.port: \(again(1))", "1:39: server.host: \(again(1))",
                "3:14: cache.threshold: expected a number from 0 to 1, found 7",
                "4:3: cache.prot: unknown key; known here are "
                    + "mode, threshold, max_wrong_hits, namespaces, calibrations, candidates, ttl, ttl_jitter, "
                    + "soft_ttl, soft_ttl_max, refresh_early, refresh_limit, refresh_timeout, stale_if_error, "
                    + "volatile_ttl, answer_limit, scan_queue_limit, answer_min, require_usage, keep_stand_ins, "
                    + "keep_refusals, index_soft_limit, confirmations, tenant_quota, "
                    + "coalescing, coalescing_wait, coalescing_temperature, coalescing_limit, l1_staleness, l1_limit, "
                    + "store_prompts, encryption_key, replay_rate, audit, record, key, epoch, user_scope, user_header, "
                    + "question_limit",
                "7:1: routing: \(again(5))", "8:15: routing.lease_life: \(duration)",
            ])
    }

    @Test("Doubled keys in an item of a list have the item's path")
    func inLists() {
        let yaml = "providers:\n  - name: a\n    base_url: http://a\n  - name: b\n    name: c\n    base_url: http://b\n"
        #expect(Refusals.of(yaml) == ["5:5: providers[1].name: \(again(4))"])
    }

    @Test("A doubled key that cannot be renamed in the text is still reported", arguments: [
        "!!str a: 1\n!!str a: 2\n", "\"\": 1\n\"\": 2\n", "? [a]\n: 1\n? [a]\n: 2\n", "\"\\x61\": 1\na: 2\n",
        "ä: 1\r\nb: &k c\r\n*k : 1\r\nc: 3",
    ])
    func notRenamed(yaml: String) {
        let issues = Refusals.issues(of: yaml)
        #expect(issues.contains { $0.message.contains("again") }, "\(issues)")
    }

    @Test("More doubled keys than are looked for are one issue")
    func tooMany() {
        let yaml = (0...70).map { "k\($0): 1\nk\($0): 2\n" }.joined()
        let issues = Refusals.issues(of: yaml)
        #expect(issues.count == 1)
        #expect(issues.first?.message.contains("again") == true)
    }
}
