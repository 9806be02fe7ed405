extension LimitScripts {
    /// Lets leases end later, also such as are over and not forgotten; one that is gone stays gone.
    ///
    /// `KEYS`: where each is held, as a place or as a reservation of money. `ARGV`: for each its life in ms and its
    /// name there. What a budget knows of its earliest end may then be too early: it is looked up when that comes.
    static let renewBody = """
        for i = 1, #KEYS do
          call('ZADD', KEYS[i], 'XX', 'GT', now + ARGV[2 * i - 1], ARGV[2 * i])
        end
        return 1
        """
}
