import GatewayCore

extension EntryAlias {
    /// Whether an entry that stands under ``entry`` is the verified one and may have other names: not what an operator
    /// wrote and keeps from certain questions, as nothing compares an equal question with those, nor what was called
    /// wrong as the answer to this one.
    package func mayName(_ found: StoredEntry) -> Bool {
        id != entry && found.id == entry && found.partition == partition && found.created == entryCreated
            && (found.curation?.distractors.isEmpty ?? true) && !found.vetoes.contains(id)
    }

    /// The entry it stands for, if it is still there and still the verified one.
    func target(in entries: [EntryID: StoredEntry]) -> StoredEntry? {
        guard let found = entries[entry], mayName(found) else { return nil }
        return found
    }

    /// What mirrors and operators see of it: its own question, with the rest of the entry.
    func entry(in entries: [EntryID: StoredEntry]) -> StoredEntry? {
        guard let target = target(in: entries) else { return nil }
        var entry = StoredEntry(
            id: id, partition: partition, question: question, features: features, answer: target.answer,
            model: target.model, usage: target.usage, created: target.created, expires: target.expires, vector: vector,
            labels: target.labels, generation: target.generation, freshness: target.freshness, group: target.group)
        entry.alias = origin
        return entry
    }
}
