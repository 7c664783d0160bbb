import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct DataHomeTests {
    let home = FileManager.default.homeDirectoryForCurrentUser

    @Test func theArgumentComesFirst() throws {
        let folder = URL(fileURLWithPath: "/some/where")
        #expect(try DataHome.folder(folder, environment: ["SWIFT_MLP_DATA": "/other"]) == folder)
    }

    @Test func thenTheEnvironment() throws {
        let named = try DataHome.folder(nil, environment: ["SWIFT_MLP_DATA": "/other", "XDG_CACHE_HOME": "/cache"])
        #expect(named.path == "/other")
        let expanded = try DataHome.folder(nil, environment: ["SWIFT_MLP_DATA": "~/tables"])
        #expect(expanded.path == home.appendingPathComponent("tables").path)
    }

    @Test(arguments: [[:], ["SWIFT_MLP_DATA": ""]])
    func thenTheCache(environment: [String: String]) throws {
        #if os(macOS)
            let cache = "Library/Caches/swift-mlp"
        #else
            let cache = ".cache/swift-mlp"
        #endif
        let folder = try DataHome.folder(nil, environment: environment)
        #expect(folder.path == home.appendingPathComponent(cache).path)
        let elsewhere = environment.merging(["HOME": "/elsewhere"]) { $1 }
        #expect(try DataHome.folder(nil, environment: elsewhere).path == "/elsewhere/\(cache)")
    }

    #if !os(macOS)
        @Test func onLinuxTheCacheIsXDGs() throws {
            #expect(try DataHome.folder(nil, environment: ["XDG_CACHE_HOME": "/cache"]).path == "/cache/swift-mlp")
            let relative = try DataHome.folder(nil, environment: ["XDG_CACHE_HOME": "cache"])
            #expect(relative.path == home.appendingPathComponent(".cache/swift-mlp").path)
        }
    #endif

    @Test func anAddressOnTheWebIsNoFolder() throws {
        let url = try #require(URL(string: "https://example.org/data"))
        let error = thrown(DatasetError.self) {
            _ = try fetchCaliforniaHousing(dataHome: url, downloadIfMissing: false)
        }
        #expect(error?.description.hasPrefix("dataHome must be the URL of a folder") == true)
    }
}
