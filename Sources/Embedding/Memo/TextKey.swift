/// A text as a key: equal only when every byte is, unlike `String`, which takes canonically equivalent texts for the
/// same. The hash is seeded by the process, so nobody outside can make keys collide.
struct TextKey: Hashable, Sendable {
    let text: String

    static func == (left: TextKey, right: TextKey) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        // Equivalent texts that differ in their bytes share a hash, which is allowed and rare.
        hasher.combine(text)
    }
}
