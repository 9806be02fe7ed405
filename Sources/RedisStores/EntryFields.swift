/// The fields of an entry's hash. What they hold is in `EntrySection`; scripts and walks read the short ones alone.
enum EntryFields {
    /// Of this layout; entries of another version are left alone.
    static let version = "v"
    /// 32 bytes. Compared before an entry is deleted, so that no key can be reached across the wall.
    static let partition = "p"
    /// What a hit needs: an `EntryHead` in an envelope.
    static let head = "h"
    /// A large answer's choices: a `PackedAnswer` in an envelope. Left out while the entry shares them.
    static let answer = "a"
    /// The name of a large answer's content.
    static let content = "c"
    /// Which encoder made the vector; left out without one.
    static let encoder = "enc"
    /// What a mirror needs: expiry, question or its features, labels and vector, in an envelope.
    static let mirrored = "m"

    /// The newest purge of its tenant's before it was asked for, as a number; 0 for none. What counts is in the head:
    /// this one, as `expires`, is for scripts, which cannot read that.
    static let generation = "g"
    /// Until when it is served while providers answer, in milliseconds since 1970.
    static let expires = "x"
    /// Of the lead by which it was asked for, in the order of leads.
    static let fence = "fn"
    /// The id of the curated answer it belongs to; only where there is one.
    static let curated = "k"
    /// Which answers count as this one; see `EntryGroup`.
    static let group = "ag"

    /// The tenant whose quota it counts against; only where there is one.
    static let accounted = "u"

    /// Only on another name of an entry, which has no answer of its own: scripts tell it from answers by this. What it
    /// stands for is in its head alone.
    static let alias = "al"

    /// The questions that it is not served to: their ids, 16 bytes each.
    static let vetoes = "no"
    /// Who first called this answer wrong, by a keyed digest.
    static let accuser = "by"

    static let currentVersion = "3"
}
