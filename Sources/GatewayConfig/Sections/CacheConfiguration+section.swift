import SemanticCache

extension CacheConfiguration {
    /// Reads the part of `cache` that decides about hits and storing.
    mutating func read(_ section: ConfigSection) {
        section.read("mode", .choice, into: &mode)
        readStandards(section)
        calibrations = section.optional("calibrations", .text("a file"))
        section.read("candidates", .integer(1...64), into: &candidates)
        section.read("ttl", .timeToLive, into: &timeToLive)
        freshness.read(section)
        SoftLifeCheck(self).check(freshness.softTimeToLive, in: section)
        section.read("answer_limit", .bytes(1024...64 << 20), into: &answerBytesLimit)
        section.read("scan_queue_limit", .integer(1...1_000_000), into: &scanQueueLimit)
        section.read("answer_min", .integer(1...10_000), into: &admission.leastCharacters)
        section.read("require_usage", .bool, into: &admission.requiresUsage)
        section.read("keep_stand_ins", .bool, into: &admission.keepsStandIns)
        section.read("keep_refusals", .bool, into: &admission.keepsRefusals)
        section.read("index_soft_limit", .integer(0...100_000_000), into: &sight.softLimit)
        section.read("confirmations", .integer(1...16), into: &sight.confirmations)
        quotas.usual = section.optional("tenant_quota", .bytes(1 << 20...1 << 50))
        section.read("coalescing", .choice, into: &coalescing)
        section.read("coalescing_wait", .duration(.milliseconds(10) ... .seconds(60)), into: &coalescingWait)
        section.read("coalescing_temperature", .number(0...2), into: &coalescingTemperature)
        section.read("coalescing_limit", .bytes(1 << 20...4 << 30), into: &coalescingBytesLimit)
        section.read("l1_staleness", .duration(.zero ... .seconds(60)), into: &l1Staleness)
        section.read("l1_limit", .bytes(1 << 20...64 << 30), into: &l1BytesLimit)
        section.read("store_prompts", .bool, into: &storesPrompts)
        encryptionKey = section.encryptionKey("encryption_key")
        section.read("replay_rate", .integer(0...10_000), into: &replayRate)
        section.section("audit") { audit.read($0) }
        section.section("record") { record.read($0) }
    }

    private mutating func readStandards(_ section: ConfigSection) {
        let threshold = section.optional("threshold", ConfigKind<Float>.number(0...1))
        let budget = section.optional("max_wrong_hits", ConfigKind<Double>.share)
        if threshold != nil, budget != nil {
            section.refuse("threshold", "expected either threshold or max_wrong_hits, found both")
        }
        if let threshold { standards.usual = .threshold(threshold) }
        if let budget { standards.usual = .budget(budget) }
        var names = UniqueValues("a namespace's name")
        for (name, budget) in section.list("namespaces", { section in
            let name = section.required("name", ConfigKind<String>.word("a namespace's name"))
            if let name { names.take(name, of: "name", in: section) }
            let budget = section.required("max_wrong_hits", ConfigKind<Double>.share)
            return name.flatMap { name in budget.map { (name, $0) } }
        }) {
            standards.namespaces[name] = budget
        }
    }
}
