import ArgumentParser
import Domain

/// Builds the commands of a kind of item.
enum ItemGroup {
    static func configuration<Options: ItemOptions>(
        _: Options.Type, _ abstract: String, also others: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        CommandConfiguration(
            commandName: Options.kind.rawValue, abstract: abstract,
            subcommands: [
                ItemListCommand<Options>.self, ItemShowCommand<Options>.self, ItemCreateCommand<Options>.self,
                ItemSetCommand<Options>.self, ItemDeleteCommand<Options>.self,
            ] + others,
            defaultSubcommand: ItemListCommand<Options>.self)
    }
}

struct ClientCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(
        ClientOptions.self, "API consumers: list, show, create, change and delete them.",
        also: [CredentialCommand.self])
}

struct RoleCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(
        RoleOptions.self, "Roles: named sets of permissions, with parents.")
}

struct ScopeCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(
        ScopeOptions.self, "OAuth scopes: bounds on what tokens may be used for.")
}

struct RouteCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(
        RouteOptions.self, "Routes: path templates, and what it takes to call them.")
}

struct TierCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(TierOptions.self, "Tiers: named sets of quotas.")
}

struct QuotaCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(
        QuotaOptions.self, "Quotas: limits over a window, for a tier or for one client.")
}

struct OperatorCommand: ParsableCommand {
    static let configuration = ItemGroup.configuration(
        OperatorOptions.self, "Operators: people who use Gatehouse, with their duties.")
}
