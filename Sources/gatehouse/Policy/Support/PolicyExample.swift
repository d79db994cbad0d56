/// The policy that `gatehouse policy example` prints: three roles, as many guides to API security have them, with
/// tiers, scopes and clients around them.
enum PolicyExample {
    static let text = """
        # An example policy. Apply it with
        #
        #   gatehouse policy example | gatehouse policy apply - --reason "first policy"
        #
        # and ask it questions:
        #
        #   gatehouse policy try --client guest-app --method GET --path /users/42
        #   gatehouse policy who-can GET /users/42

        settings:
          anonymous_roles: [guest]      # requests without credentials may read what is public
          anonymous_tier: anonymous
          default_tier: standard
          issuer: https://id.example.com
          audience: https://api.example.com

        scopes:
          users:read: {note: Read users' data}
          users:write: {note: Change users' data}
          admin: {note: Use the administration}

        tiers:
          anonymous: {note: Requests without credentials}
          standard: {note: Everybody who signs in}

        quotas:
          anonymous-hourly:
            tier: anonymous
            key: address                # an IPv6 address counts by its /64
            window: rolling 1h
            limit: 100
          standard-hourly:
            tier: standard
            key: client
            window: rolling 1h
            limit: 1000
          costly-hourly:                # stricter where a request costs more
            tier: standard
            key: client-route
            window: rolling 1h
            limit: 200
            path: /reports/*

        roles:
          guest:
            note: Reads what is public
            permissions:
              - allow: [GET]
                path: /public/*
          user:
            note: Reads and writes its own data
            parents: [guest]
            permissions:
              - allow: [GET, PUT, PATCH, DELETE]
                path: /users/{id}
                conditions:
                  - owner: {variable: id, claim: sub}
              - allow: [GET, PUT, PATCH]
                path: /profile
          admin:
            note: All endpoints
            parents: [user]
            permissions:
              - allow: all
                path: "*"

        routes:
          public:
            path: /public/*
            methods: [GET]
            classification: public
          user-read:
            path: /users/{id}
            methods: [GET]
            scopes: [users:read]
            classification: confidential
          user-write:
            path: /users/{id}
            methods: [PUT, PATCH, DELETE]
            scopes: [users:write]
            classification: confidential
          profile:
            path: /profile
            methods: [GET, PUT, PATCH]
            classification: confidential
          reports:
            path: /reports/*
            methods: [GET]
            scopes: [admin]
            cost: 10                    # twenty of them an hour, by the quota above
          administration:
            path: /admin/*
            methods: [GET, POST, PUT, PATCH, DELETE]
            scopes: [admin]
            classification: restricted

        clients:
          guest-app:
            owner: web team
            roles: [guest]
            scopes: [users:read]
          user-app:
            owner: mobile team
            roles: [user]
            scopes: [users:read, users:write]
          admin-console:
            owner: platform team
            roles: [admin]
            scopes: [users:read, users:write, admin]

        """
}
