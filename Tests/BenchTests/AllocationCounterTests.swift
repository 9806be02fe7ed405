import Foundation
import Testing

@testable import refrain

@Suite struct AllocationCounterTests {
    @Test("A count is read as the library writes it, and there is none without it")
    func reading() throws {
        let folder = try WorkDirectory()
        let counter = AllocationCounter(path: folder.path("count"))
        #expect(counter.read() == nil)
        try Data([0x39, 0x05, 0, 0, 0, 0, 0, 0, 0xFF]).write(to: URL(filePath: counter.path))
        #expect(counter.read() == 1_337)
        try Data([1, 2]).write(to: URL(filePath: counter.path))
        #expect(counter.read() == nil)
    }

    #if os(Linux)
    /// Each turn allocates six times, by six entrances.
    private static let program = """
        #include <stdlib.h>
        #include <malloc.h>
        int main(int count, char **words) {
            for (int turn = atoi(words[1]); turn > 0; turn--) {
                void *blocks[5] = { malloc(9), calloc(3, 5), memalign(64, 7), aligned_alloc(32, 64) };
                if (posix_memalign(&blocks[4], 128, 11) != 0) return 1;
                blocks[0] = realloc(blocks[0], 4000);
                for (int i = 0; i < 5; i++) {
                    if (!blocks[i] || ((size_t) blocks[4] & 127) != 0) return 1;
                    free(blocks[i]);
                }
            }
            return 0;
        }
        """

    private func run(_ command: [String], in folder: WorkDirectory) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(filePath: folder.path)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("Every entrance of the allocator is counted once, and blocks are aligned as asked for")
    func counting() throws {
        let folder = try WorkDirectory()
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../AllocationTests/malloc-counter.c").standardizedFileURL.path()
        try folder.write(Self.program, to: "program.c")
        let compiler = try run(["sh", "-c", "command -v cc >/dev/null"], in: folder) == 0 ? "cc" : "clang"
        let flags = [compiler, "-O0", "-fno-builtin"]
        #expect(try run(flags + ["-shared", "-fPIC", "-o", "counter.so", source], in: folder) == 0)
        #expect(try run(flags + ["-o", "program", "program.c"], in: folder) == 0)
        let counter = AllocationCounter(path: folder.path("count"))
        func count(turns: Int) throws -> Int {
            try? FileManager.default.removeItem(atPath: counter.path)
            let environment = counter.environment(library: folder.path("counter.so"))
            #expect(try run(environment + [folder.path("program"), "\(turns)"], in: folder) == 0)
            return try #require(counter.read())
        }
        let none = try count(turns: 0)
        #expect(try count(turns: 500) - none == 3_000)
    }
    #endif
}
