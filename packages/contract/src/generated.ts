// Written by `npm run contract` from the routes of apps/server. Do not edit.

export interface paths {
    "/api/v1/access/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this phone’s gate needs to decide without us, whole or since a version; signed in a header, with its device’s key */
        get: operations["getGateBundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/car-park": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Spaces of a compound’s car park, how many are held, and what a month costs */
        get: operations["getCarPark"];
        /** How many spaces there are, and what a month costs */
        put: operations["setCarPark"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who stands at a gate: decided, recorded, then answered; HTTP Basic with the device’s name and key; the same number twice is one passage */
        post: operations["checkAtGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was decided without a network, in its order; the same again is the same */
        post: operations["uploadDecisions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/destructions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was destroyed, when and on what ground */
        get: operations["listDestructions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/devices/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a device, move it to another gate, or revoke it for good */
        post: operations["commandGateDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/devices/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new key, shown this once; the one before is void at once */
        post: operations["issueGateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was decided without a network and turned out otherwise, the newest first */
        get: operations["listPassageFlags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/flags/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looked at and settled */
        post: operations["seePassageFlag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many went in and out by gate and hour of a day, and how many were stopped */
        get: operations["getGateFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gate-searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who stands there, by home or by the last four of a phone; with a purpose, written down, so many an hour */
        post: operations["searchAtGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gates in use with their devices, how many went through today, and blind spots */
        get: operations["listGates"];
        put?: never;
        /** A new gate */
        post: operations["setUpGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{gateId}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same, asked by a person who stands at the gate; somebody they looked up may be named by their pass */
        post: operations["checkByHand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{gateId}/overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody through who was stopped a moment ago, with a reason; by whoever may speak for every check in the way */
        post: operations["overrideAtGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{id}/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether every passage of a gate is there, in its order and unaltered */
        get: operations["checkGateChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change a gate, or take it out of use together with its devices */
        post: operations["commandGate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A barrier, a reader or a guard’s phone at a gate; its key is asked for separately */
        post: operations["addGateDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{id}/guard-phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A phone for a gate: eight digits that its guard types once, within a quarter of an hour */
        post: operations["registerGuardPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/gates/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the last shifts left, the newest first */
        get: operations["listGateNotes"];
        put?: never;
        /** What the next shift has to know */
        post: operations["leaveGateNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/goods-slips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Slips for goods that leave a home: the own, or all of a compound at its gate */
        get: operations["listGoodsSlips"];
        put?: never;
        /** Say what leaves the own home and when, to be shown at the gate */
        post: operations["askGoodsSlip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/goods-slips/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing leaves after all */
        post: operations["cancelGoodsSlip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/goods-slips/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** At the gate: what goes out agrees with the slip, or is held with what does not */
        post: operations["checkGoodsSlip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/guard-phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The phone one holds becomes the gate’s: the digits the manager said, for a key of its own */
        post: operations["pairGuardPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the own homes have invited, with what the guests show; what still holds first */
        get: operations["listInvitations"];
        put?: never;
        /** Invite a guest, a courier or somebody who helps; or a pass for a child of one’s own */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/invitations/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an invitation back: its code stops working at once */
        post: operations["revokeInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/list-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is refused, watched or isolated: why, on whose authority, until when, and what they say to it */
        get: operations["listListEntries"];
        put?: never;
        /** Put a pass, a person, a home or a plate on a list: with reason, authority and end */
        post: operations["addListEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/list-entries/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer an appeal: by somebody else than who wrote the entry; upheld, the entry is lifted */
        post: operations["answerAppeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/list-entries/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what whoever the entry is about says to it */
        post: operations["appealListEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/list-entries/{id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody off a list before its day */
        post: operations["liftListEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measures at gates, the newest first: planned, in force, over, and their data destroyed */
        get: operations["listMeasures"];
        put?: never;
        /** Carry out a competent authority’s decision at the gates of a compound or one of its buildings, until a time */
        post: operations["orderMeasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/measures/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change what comes of a measure, or end it now */
        post: operations["commandMeasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own passes, what waits at the gate, and how long may be invited */
        get: operations["getOwnPassage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/own/passes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A pass for the home one lives in, by what the register says; the same one when asked again */
        post: operations["getOwnPass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/own/passes/{id}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What this phone makes its codes of; any other phone’s stop working */
        post: operations["keyPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Parcels at the gate: of the own home, or all of a compound for who keeps them */
        get: operations["listParcels"];
        put?: never;
        /** Take a parcel in for a home; its people are told shelf and code */
        post: operations["takeInParcel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/parcels/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a parcel out against its code, say that one has it, or send it back */
        post: operations["commandParcel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/passages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who went through the gates of a compound on a day, the newest first; names masked */
        get: operations["listPassages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/passages/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** When the holder of one pass went through; with a purpose, which is kept together with who looked */
        post: operations["searchPassages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/passes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Passes of a compound, the newest first; found by home, plate, phone digits or card */
        get: operations["listPasses"];
        put?: never;
        /** Issue a pass at the desk: a card, a guest, staff, a contractor, a vehicle */
        post: operations["issuePass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/passes/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a pass on hold, take it up again, or take it back, with a reason */
        post: operations["commandPass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who came and went on the own homes’ invitations */
        get: operations["listVisits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a one-time code, if the number is known; the answer does not tell */
        post: operations["requestCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one can sign in here */
        get: operations["getAuthOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in by code, by password (staff), or as a persona (demonstration) */
        post: operations["signIn"];
        /** Sign out on every device */
        delete: operations["signOutEverywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out here */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may act for the people of a household, now and before */
        get: operations["listConsents"];
        put?: never;
        /** Record that somebody lets another person act for them: by signature, or on a call-back */
        post: operations["recordConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a consent on the word of who gave it */
        post: operations["withdrawConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was told, by what, and what became of it; newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/arrivals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same for the orders of a page at once; what one does not see is left out */
        get: operations["listArrivals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for somebody, and what each of a department has in hand today */
        get: operations["getBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A day off, leave, a swap, or overtime */
        post: operations["addShiftChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/changes/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what was entered */
        post: operations["withdrawShiftChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/estimates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long it takes in each compound, and how good what residents are told is */
        get: operations["listEstimates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/my-shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One’s own shifts of the coming week */
        get: operations["getMyShifts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one is asked to take just now */
        get: operations["listOffers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it, or say why not; of all who press at once one has it */
        post: operations["answerOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was asked to take an order, and who heard that nobody has */
        get: operations["getDispatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/orders/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I see to it: the chain of alerts rests for a while */
        post: operations["acknowledgeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/orders/{id}/arrival": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who comes, and when as a rule: learned from the place’s own past, and moving while one waits */
        get: operations["getArrival"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/orders/{id}/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may be sent, best first, with the reasons; and why others are left out */
        get: operations["rankCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/patterns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new cycle of shifts */
        post: operations["addShiftPattern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/patterns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change a cycle of shifts, or put it out of use */
        post: operations["changeShiftPattern"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buildings of a place, with what is open there and who is near; drawn without any map service */
        get: operations["getSitePlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where one is, for the rest of the shift; refused when one is not on shift */
        post: operations["givePosition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/position/forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget where one is, at once */
        post: operations["forgetPosition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/roster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who works when: patterns, who follows them, what was changed, and the days worked out */
        get: operations["getRoster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/rosters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody follows a cycle from a day on */
        post: operations["putOnRoster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/rosters/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody no longer follows a cycle after a day */
        post: operations["endRoster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How orders are dispatched here: what holds, whose word it is, what was and what is to come */
        get: operations["getDispatchRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/rules/escalation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say who hears of it, step by step, when nobody has taken an order */
        put: operations["sayDispatchEscalation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/rules/mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say by which way it is found who goes, for every matter or one, from now or from a day on */
        put: operations["sayDispatchMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/rules/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say how long somebody who is asked has to answer */
        put: operations["sayDispatchOffers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/shift-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files of shifts taken in here, the latest first, with what was wrong in them */
        get: operations["listShiftFiles"];
        put?: never;
        /** Shifts from a file (XLSX, CSV; 2,000 rows): tried, or taken in; wrong rows stay out and say why */
        post: operations["sendShiftFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch/shift-files/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Its shifts from today on are no longer planned */
        post: operations["withdrawShiftFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A list as a workbook or CSV, with the filters of the list itself
         * @description Lists: deliveries, buildings, households, facilities, grids, staff, people, takeovers, organisations, consents, orders, on-time, comparison, callbacks, left-orders, prices, roster, cold-rooms, hotline-cases, hotline-callbacks, hotline-rates, passes. Every other parameter is the list's own.
         */
        get: operations["exportList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a picture or a voice note
         * @description JPEG, PNG or WebP, at most 12 MB and 40 megapixels: re-encoded, and its metadata, location included, thrown away. Or WebM, MP4 or Ogg with sound and no picture, at most 1 MB, kept as it came.
         */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture, as image/jpeg, or a voice note
         * @description For whoever sees what it is attached to; before it is attached, for who uploaded it.
         */
        get: operations["getFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/heating/cold-rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Homes that were cold, from the day both sides signed it to the day both signed that it was warm */
        get: operations["listColdRooms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/heating/season": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The season, whether it is on, and how warm a room has to be, with the source of both */
        get: operations["getHeatingSeason"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/heating/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Room temperatures measured in a season, the latest first */
        get: operations["listHeatingVisits"];
        put?: never;
        /** How warm it was in a home, signed by both sides or with why one would not */
        post: operations["recordHeatingVisit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files taken in here, the latest first, with what was wrong in them */
        get: operations["listHotlineFiles"];
        put?: never;
        /** A file as hotlines export it (XLSX, CSV; 2,000 rows): tried, or taken in; wrong rows stay out and say why */
        post: operations["takeHotlineFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The callbacks of a month, one a row: what its rates are recomputed from */
        get: operations["listHotlineCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases of the 12345 hotline within reach: open ones by whose share of the deadline runs out first */
        get: operations["listHotlineCases"];
        put?: never;
        /** A case entered by hand; it begins in the hands of who enters it */
        post: operations["enterHotlineCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case: its chain of hands, facts, the draft of the reply and what may be done */
        get: operations["getHotlineCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/cases/{id}/caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who called, in plain words, for a stated purpose; recorded. Of a confidential case the street and the city only */
        post: operations["revealHotlineCaller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/cases/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One step in the life of a case */
        post: operations["commandHotlineCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/cases/{id}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom a case may be passed, or who may be called in: the streets below a city, the communities and compounds of a street */
        get: operations["listHotlineUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Systems that send cases in */
        get: operations["listHotlineClients"];
        put?: never;
        /** A system that may send cases in; its secret is shown this once */
        post: operations["makeHotlineClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/clients/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Its signature opens nothing any more */
        post: operations["revokeHotlineClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/density": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month's cases per 1,000 households and per 10,000 square metres, by compound and by its age */
        get: operations["reportHotlineDensity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cases from another system, signed; at most 200 a request
         * @description x-gongzhi-client names the client; x-gongzhi-signature is sha256=<hex> of HMAC-SHA256 with its secret over <x-gongzhi-timestamp>.<body>. The same signed request again gets the same answer and does nothing. See docs/hotline.md.
         */
        post: operations["takeHotlineCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which column of a file is which, as it was saved */
        get: operations["listHotlineMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/mappings/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep under a name which column is which */
        put: operations["saveHotlineMapping"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many cases wait in each queue */
        get: operations["countHotlineQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hotline/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Response, solution and satisfaction over valid callbacks, and the score, by unit, street, topic or month */
        get: operations["reportHotlineRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My messages, newest first */
        get: operations["listInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I have read it */
        post: operations["readMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I have read them all */
        post: operations["readAllMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many I have not read, counted up to 100 */
        get: operations["countUnread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The one job a link is for */
        get: operations["getContractorJob"];
        put?: never;
        /** Accept, arrive, say something, say that it is done */
        post: operations["actOnContractorJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{token}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom to call, for the purpose the desk stated; recorded */
        post: operations["revealContactToContractor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{token}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A picture of the one job */
        post: operations["uploadContractorPhoto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed, as server-sent events
         * @description Ids only: `change` with kind, id and scopeId; `inbox` for a message of mine; `reset` when too much was missed and pages should be read afresh. Resumes by Last-Event-ID.
         */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, in which capacity, and what that allows */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/acting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Go on in another of the own capacities */
        put: operations["actAs"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may act for me, and for whom I may */
        get: operations["listMyConsents"];
        put?: never;
        /**
         * Let somebody act for me in matters of my home
         * @description An earlier consent to the same person for the same home is replaced.
         */
        post: operations["giveConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/consents/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw what I gave, or give up what I hold; counts at once */
        post: operations["withdrawMyConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything held about me, in every place I am known */
        get: operations["exportOwnData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who saw my name and phone in plain text, when and what for */
        get: operations["listDisclosures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By which ways, in which order and at which hours I am told things */
        get: operations["getMessageSettings"];
        /**
         * Choose ways, order and quiet hours
         * @description Emergencies ignore order and quiet hours. Equal minutes mean no quiet hours.
         */
        put: operations["setMessageSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/messages/addresses/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Enter an address; a code is sent there */
        put: operations["enterMessageAddress"];
        post?: never;
        /** Forget this address */
        delete: operations["removeMessageAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/messages/addresses/{channel}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The code that came there */
        post: operations["confirmMessageAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set or change the password (staff); other devices are signed out */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Language and type size */
        put: operations["changePreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether there is a second factor, and whether the role asks for one */
        get: operations["getSecondFactor"];
        put?: never;
        /** A new secret, to be scanned; it counts once a code of it has come */
        post: operations["beginSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The first code; answers with the recovery codes */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes; the old ones open nothing any more */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do without it again, where the role allows that */
        post: operations["removeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/wechat/links/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a link from the WeChat account is about; nothing happens yet */
        get: operations["readWechatLink"];
        put?: never;
        /**
         * Be told things by this WeChat account, or take the words that were written there
         * @description The first account that takes a link owns it until it expires; taking it again answers the same.
         */
        post: operations["takeWechatLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A provider says whether a message arrived
         * @description Signed like our own requests: x-gongzhi-signature over `<x-gongzhi-timestamp>.<id>.<outcome>`, at most five minutes old. The same receipt again changes nothing.
         */
        post: operations["takeMessageReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open311/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose software may report to a street */
        get: operations["listOpen311Clients"];
        put?: never;
        /** A key for other software; shown this once */
        post: operations["createOpen311Client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open311/clients/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The key opens nothing any more; what it reported stays */
        post: operations["revokeOpen311Client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open311/publications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What strangers read of an order, and what other software sent about it */
        get: operations["readOpen311Publication"];
        put?: never;
        /** The words that strangers read of an order */
        post: operations["approveOpen311Text"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open311/publications/{id}/sender": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who reported it through other software, for a recorded purpose */
        post: operations["revealOpen311Sender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open311/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a street could offer to other software, and what it does */
        get: operations["listOpen311Services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/open311/services/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin or end to offer a category; what it says and asks */
        post: operations["saveOpen311Service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/checkpoints/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which device watches a checkpoint, or give it up */
        post: operations["commandPatrolCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/checkpoints/{id}/frequencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often a checkpoint was looked at, since when and why, the latest first */
        get: operations["listPatrolFrequencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/freed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hours of walking that sensors spared, week by week, beside what was planned */
        get: operations["getPatrolFreed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/lowerings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a sensor spares rounds, or somebody asks that it may: what waits first */
        get: operations["listPatrolLowerings"];
        put?: never;
        /** Ask that a checkpoint be looked at in fewer rounds, because a device watches it */
        post: operations["proposePatrolLowering"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/lowerings/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Allow it or not, as a second person */
        post: operations["decidePatrolLowering"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/lowerings/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back: the checkpoint is in every round again */
        post: operations["withdrawPatrolLowering"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/my-rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rounds that are open where one works, for whoever walks them */
        get: operations["listOwnPatrolRounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rounds, the latest first: what was looked at, by whom, what was found, late or missed */
        get: operations["listPatrolRounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/rounds/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One checkpoint looked at: well, or something was found and becomes an order */
        post: operations["doPatrolCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Routes with their timetables and checkpoints, and how often each is looked at */
        get: operations["listPatrolRoutes"];
        put?: never;
        /** Lay out a route: its checkpoints in their order, and when its rounds open */
        post: operations["layOutPatrolRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol/routes/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another timetable from a day on, one more checkpoint, or give the route up */
        post: operations["commandPatrolRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the scopes one works in, by phone, name or initials; masked */
        get: operations["findPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{personId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person, masked, with every household they belong or belonged to */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{personId}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a wrong name or phone right; the person is told that it happened */
        post: operations["correctPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{personId}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a person would be erased and what stays, and why */
        get: operations["planErasure"];
        put?: never;
        /** Erases a person at their own request, where the law lets it */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{personId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything held about a person of a place, at their request; recorded, and told to them */
        post: operations["exportPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{personId}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name and phone in plain text, for a stated purpose; the person can read that it happened */
        post: operations["revealPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The city's project departments and their companies: who could take a compound over */
        get: operations["listDepartments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/grids/{gridId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a grid, change its pair, or assign a building, a unit or single households to it */
        post: operations["commandGrid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/grids/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The grids one keeps, with the other half of the pair */
        get: operations["listOwnGrids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/households/{householdId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A household with its people (masked) and its grid */
        get: operations["getHousehold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/households/{householdId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody moves in or out, the home is sold, a wrong entry is taken back */
        post: operations["commandHousehold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/import-templates/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty form to fill in */
        get: operations["getImportTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was brought into a place, the latest first */
        get: operations["listImports"];
        put?: never;
        /** Send a list to be checked: a workbook or a CSV, at most 32 MB and 200,000 rows */
        post: operations["sendImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is, and what was found */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/imports/{importId}/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which column of the file is taken for which of ours */
        get: operations["getImportColumns"];
        put?: never;
        /** Say which column of the file is which, and have it checked by that */
        post: operations["tellImportColumns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/imports/{importId}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong with the file, cell by cell, in its order */
        get: operations["listImportFaults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/imports/{importId}/faults/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong with the file, as a workbook or CSV */
        get: operations["exportImportFaults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/imports/{importId}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring in what was checked: all of it or nothing, or the good rows when told to */
        post: operations["startImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations of the city, such as whom a matter can be referred to */
        get: operations["listOrganisations"];
        put?: never;
        /** Enter a property-right unit, a security company, a utility or a supplier of the city */
        post: operations["createOrganisation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/organisations/{organisationId}/buildings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a property-right unit owns today, of what lies within reach */
        get: operations["listOwnedBuildings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places within reach: compounds, communities, companies, … */
        get: operations["listScopes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One place, where it lies, who serves it, and how large it is */
        get: operations["getScope"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/buildings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Buildings of a compound with their units */
        get: operations["listBuildings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/buildings/{buildingId}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A building as floors and units of rooms */
        get: operations["getBuildingPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/facilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lifts, gates, lamps and other things of a compound */
        get: operations["listFacilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/grids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Grids with their pair and size */
        get: operations["listGrids"];
        put?: never;
        /** A new grid, empty and without its pair */
        post: operations["createGrid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/households": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Households of a compound, found by label or number ("3-2-601") */
        get: operations["listHouseholds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which property-right unit owns which building, today, before and from a day on */
        get: operations["listOwners"];
        put?: never;
        /** From a day on a building belongs to a property-right unit, or to none */
        post: operations["setOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/people/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everybody of a compound with name and phone, as a workbook or CSV; asks what for */
        post: operations["exportPeople"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/service-periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which company served a compound when */
        get: operations["listServicePeriods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who works for a compound (its project department) or an organisation */
        get: operations["listStaff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/scopes/{scopeId}/takeovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a compound pass to another company and department on a date */
        post: operations["planTakeover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/served-by-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compounds of a place's city that another company serves: where a matter could be moved to */
        get: operations["listServedByOthers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/takeovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compounds that change or changed their company, as both companies and the street see them */
        get: operations["listTakeovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/takeovers/{takeoverId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change or cancel a takeover before its day */
        post: operations["commandTakeover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One level of the organisation: by place or by company, with counts of what lies within reach */
        get: operations["listTree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prevention/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Root-cause projects, what stands out most first, and what they have avoided */
        get: operations["listPreventionProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prevention/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project: why, its orders, its steps, what it has brought */
        get: operations["getPreventionProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prevention/projects/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it up, decline it, give out steps, say what was done */
        post: operations["commandPreventionProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prevention/risks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By grid: places and matters likely to bring complaints in four weeks, with reasons; never persons */
        get: operations["listPreventionRisks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alarms, the newest first, with the orders they opened */
        get: operations["listAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices, the worst first: alarms, silent ones, never heard, well */
        get: operations["listDevices"];
        put?: never;
        /** Put up a device; its secret is asked for separately */
        post: operations["registerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One device: how it stands, the rules it is watched by, its alarms and their orders */
        get: operations["getDevice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/devices/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change where a device hangs and what it is called, or take it away for good */
        post: operations["commandDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/devices/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret, shown this once; the one before is void at once */
        post: operations["issueDeviceSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/devices/{id}/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Readings of a time, in at most three hundred pieces with the least and the most of each */
        get: operations["plotDevice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Readings of a device, or of the devices behind a gateway; HTTP Basic with the device’s name and secret */
        post: operations["sendReadings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules that hold for a place today, who wrote them, and what begins later */
        get: operations["getSensorRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sensing/rules/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say from which day on a rule holds differently here */
        put: operations["saveSensorRule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/slips/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the matter of a slip is; nothing of who or where */
        get: operations["readSlip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The staff of an employer as its managers keep it, with who has left and what has lapsed */
        get: operations["listStaffEntries"];
        put?: never;
        /** Take somebody on: by phone, as what, from when */
        post: operations["hireStaff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/{staffId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person of the staff */
        get: operations["getStaffEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/{staffId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename, change the role, end on a day, skills, reset the second factor */
        post: operations["commandStaff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The desk’s calls, the latest first; numbers masked */
        get: operations["listPhoneCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One’s own telephone and the queue; the number in plain digits only of a call at one’s own telephone */
        get: operations["getPhoneDesk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What happens on a desk’s telephone, signed by its provider; at most 100 events a request
         * @description x-gongzhi-line names the line; x-gongzhi-signature is sha256=<hex> of HMAC-SHA256 with its secret over <x-gongzhi-timestamp>.<body>. Events may come late, twice and in any order. See docs/telephony.md.
         */
        post: operations["takePhoneEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The telephone lines of a desk, and when each was last heard of */
        get: operations["listPhoneLines"];
        put?: never;
        /** A line whose provider may tell what happens on it; its secret is shown this once */
        post: operations["makePhoneLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/lines/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Its signature opens nothing any more */
        post: operations["revokePhoneLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/seat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sit down at a telephone of the desk, or get up */
        put: operations["takePhoneSeat"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Missed calls to be called back, who has waited longest first; numbers masked */
        get: operations["listPhoneTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/tasks/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a call back on and learn the number; recorded, and a quarter of an hour one’s own */
        post: operations["claimPhoneTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/telephony/tasks/{id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What came of the call back; whoever was not reached is tried again */
        post: operations["sayPhoneTaskOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders within reach, by queue, status, place */
        get: operations["listWorkOrders"];
        put?: never;
        /** Report something */
        post: operations["createWorkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order, with its steps and what you may do */
        get: operations["getWorkOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/callback/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take on this call */
        post: operations["claimCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/callback/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave this call to others */
        post: operations["releaseCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls made about an order, the newest first */
        get: operations["listCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may be sent: skill and open load */
        get: operations["listCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something with an order */
        post: operations["commandWorkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name and phone of who is to be called, for a recorded purpose */
        post: operations["revealContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/contractor-links/{linkId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address to send to a contractor, while it works */
        get: operations["getContractorLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Be told what happens to what a neighbour reported */
        post: operations["followWorkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed which field of an order, when, from what to what */
        get: operations["getFieldHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/slips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A slip with number and QR code, for who has no phone */
        post: operations["printSlip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/slips/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every slip that was printed for an order */
        post: operations["revokeSlips"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every hand and every hour */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/unfollow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Be told no more */
        post: operations["unfollowWorkOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/{id}/working": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The work itself: what it costs, who helps, visits, parts, safety, contractors */
        get: operations["getJobSheet"];
        put?: never;
        /** Do something about the work itself */
        post: operations["commandWorking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which days and hours count at a place, and who says so */
        get: operations["getCalendar"];
        /** Working hours and days off from a day on; open orders are counted again */
        put: operations["saveCalendar"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the desk ought to call, and who is doing so */
        get: operations["listCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/callbacks/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take on the next call; it is yours until the lease ends */
        post: operations["claimNextCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/callbacks/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacted, solved, satisfied: over the calls that reached somebody */
        get: operations["reportCallbackRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/callbacks/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is called back, how soon and how often; what was said here before and what is to come */
        get: operations["getCallbackRules"];
        /** Say who is called back, from a day on */
        put: operations["saveCallbackRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/callbacks/script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What callers ask here beside the three questions of every call */
        get: operations["getCallbackScript"];
        /** The next version of what callers ask in this scope and below */
        put: operations["writeCallbackScript"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/callers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose number it is within reach: homes, for whom they may speak, what is going on there */
        post: operations["recogniseCaller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be reported, and within which limits it is done */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/catalogue/clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When something reported at a moment would be due, and how the time was counted */
        get: operations["previewClocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/catalogue/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue of a place: what counts today, and what is going to */
        get: operations["listCatalogueEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/catalogue/entries/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adjust an entry of the catalogue from a day on */
        put: operations["saveCategoryVersion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/catalogue/entries/{code}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an entry of the catalogue said before, and who changed it */
        get: operations["listCategoryVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/catalogue/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which orders of a time would have been late under other limits */
        post: operations["whatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which columns I see in the table */
        get: operations["getColumns"];
        /** Keep which columns I see, in which order and how wide */
        put: operations["keepColumns"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/desk-phones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The desk's telephone, for each place one answers for */
        get: operations["listDeskPhones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/desk-phones/{scopeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say at which number the desk is called, from today on */
        put: operations["setDeskPhone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who pays and who does it, by the kind of duty; and whom to call for what is not ours */
        get: operations["getDuties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/duties/{duty}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whose matter it is, from a day on */
        put: operations["saveDuty"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved queues of mine and of my desk, with how many orders each holds */
        get: operations["listSavedFilters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/filters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Save a queue under a name, for oneself or for the desk */
        put: operations["saveFilter"];
        post?: never;
        /** Take a saved queue away */
        delete: operations["removeFilter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs handed on at shift change, and to whom one may hand them */
        get: operations["listHandovers"];
        put?: never;
        /** Hand jobs on to a colleague, or back to the desk; all of them or none */
        post: operations["handOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/handovers/{handoverId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take them, leave them, or take the offer back */
        post: operations["answerHandover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/household-bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a household owes or will owe for its repairs; payments are not recorded yet */
        get: operations["listHouseholdBills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/left": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders that passed to another company with their compound, with the own notes */
        get: operations["listLeftOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/my-grid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The day of who keeps a grid: what is open, whom to call, where to look */
        get: operations["readGridDay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/my-ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one’s own work was rated: speed, manner and quality, from how many, and never by whom */
        get: operations["readOwnRatings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The desk's notes about an order and its household */
        get: operations["listNotes"];
        put?: never;
        /** Write down something about an order or a household */
        post: operations["addNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/notes/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pin a note, unpin it, or take it away */
        post: operations["changeNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/open-places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much is open at which building and household of a compound */
        get: operations["listOpenPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What materials and labour cost here; public, as the law asks */
        get: operations["listPrices"];
        put?: never;
        /** A price from a day on; what it was stays as it was */
        post: operations["addPrice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many stand in each of the desk's queues */
        get: operations["countQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/receivers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep an office that takes over: its public number and its hours */
        put: operations["saveReceiver"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/reports/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts, times and ratings by worker, category, building or place, beside the period before */
        get: operations["compareWork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/reports/on-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders on time, by category, month or place */
        get: operations["reportOnTime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was already reported near there: three at most, open and public */
        get: operations["listSimilar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prepared answers, in both languages */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A new version of a prepared answer */
        put: operations["saveTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/templates/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a prepared answer said before, and who changed it */
        get: operations["listTemplateVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work-orders/triage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a report is probably about and whose it is: learnt from the desk, else from the catalogue’s own words */
        post: operations["suggestTriage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Alarm */
        Alarm: {
            clearedAt: string | null;
            /** Format: uuid */
            deviceId: string;
            /** @enum {string} */
            deviceKind: "water" | "lift" | "pump" | "gate" | "smoke" | "thermometer" | "meter" | "gateway";
            deviceLabel: string;
            endedAt: string | null;
            endedHow: ("cleared" | "people") | null;
            evidence: {
                /** Format: date-time */
                at: string;
                value: number;
            }[];
            /** Format: uuid */
            id: string;
            order: {
                assigneeName: string | null;
                /** Format: uuid */
                id: string;
                number: string;
                status: string | null;
            } | null;
            /** Format: date-time */
            raisedAt: string;
            returnCount: number;
            ruleCode: string;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** Format: date-time */
            since: string;
        };
        /** Alarms */
        Alarms: {
            items: components["schemas"]["Alarm"][];
            nextCursor: string | null;
        };
        /** AnswerTemplate */
        AnswerTemplate: {
            /** Format: date-time */
            changedAt: string;
            changedByName: string;
            /** Format: uuid */
            id: string;
            isActive: boolean;
            isOwn: boolean;
            name: string;
            /** @enum {string} */
            purpose: "comment" | "callback" | "close";
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            textEn: string;
            textZh: string;
            version: number;
        };
        /** Arrival */
        Arrival: {
            expected: {
                count: number;
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                likely: string;
                /** Format: date-time */
                to: string;
                /** @enum {string} */
                what: "take" | "arrive";
            } | null;
            isLongerThanUsual: boolean;
            person: {
                jobsDone: number;
                name: string;
                rated: number;
                satisfiedShare: number | null;
                title: string | null;
            } | null;
            /** @enum {string} */
            stage: "waiting" | "found" | "on_the_way" | "there" | "none";
        };
        /** Arrivals */
        Arrivals: {
            items: {
                expected: {
                    count: number;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    likely: string;
                    /** Format: date-time */
                    to: string;
                    /** @enum {string} */
                    what: "take" | "arrive";
                } | null;
                isLongerThanUsual: boolean;
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                stage: "waiting" | "found" | "on_the_way" | "there" | "none";
            }[];
        };
        /** BoardBlock */
        BoardBlock: {
            acceptedAt: string | null;
            arrivedAt: string | null;
            categoryNameEn: string;
            categoryNameZh: string;
            departedAt: string | null;
            dueAt: string | null;
            finishedAt: string | null;
            /** Format: uuid */
            id: string;
            isEmergency: boolean;
            isLate: boolean;
            number: string;
            placeLabel: string;
            /** Format: uuid */
            scopeId: string;
            status: string;
        };
        /** BoardWaiting */
        BoardWaiting: {
            asked: {
                displayName: string;
                /** Format: date-time */
                expiresAt: string;
            }[];
            categoryNameEn: string;
            categoryNameZh: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            isEmergency: boolean;
            isLate: boolean;
            mode: ("by_hand" | "in_turn" | "grab" | "automatic") | null;
            nextAt: string | null;
            number: string;
            placeLabel: string;
            respondDueAt: string | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            state: ("waiting" | "offered" | "exhausted" | "by_hand" | "closed") | null;
            status: string;
            version: number;
        };
        /** CalendarVersion */
        CalendarVersion: {
            /** Format: date-time */
            changedAt: string;
            changedByName: string;
            days: {
                date: string;
                /** @enum {string} */
                mark: "holiday" | "makeup";
            }[];
            hours: {
                from: number;
                to: number;
            }[] | null;
            isRecounting: boolean;
            knownTo: string | null;
            moved: number;
            recounted: number;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            source: string;
            validFrom: string;
            version: number;
            weekdays: number[] | null;
        };
        /** CalendarView */
        CalendarView: {
            days: {
                date: string;
                minutes: number;
                reason: string;
            }[];
            earliest: string;
            hours: {
                from: number;
                to: number;
            }[];
            kind: string;
            knownTo: string;
            mayEdit: boolean;
            openOrders: number;
            ownVersion: number;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            source: string;
            timeZone: string;
            today: string;
            versions: components["schemas"]["CalendarVersion"][];
            weekdays: number[];
        };
        /** Call */
        Call: {
            answers: {
                [key: string]: boolean | string;
            };
            aspects: {
                /** @enum {string} */
                manner?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                quality?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                speed?: "satisfied" | "basically_satisfied" | "unsatisfied";
            };
            /** Format: date-time */
            at: string;
            attempts: number;
            callerName: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            reason: "unsatisfied" | "emergency" | "all" | "sample" | "unanswered";
            /** @enum {string} */
            result: "satisfied_done" | "not_done" | "unreachable";
            score: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
            scriptVersion: number | null;
            wasContacted: boolean | null;
        };
        /** CallbackQuestion */
        CallbackQuestion: {
            key: string;
            /** @enum {string} */
            kind: "yes_no" | "choice" | "text";
            /** @description of a choice */
            options?: {
                key: string;
                textEn: string;
                textZh: string;
            }[];
            textEn: string;
            textZh: string;
        };
        /** CallbackRates */
        CallbackRates: {
            basicallySatisfiedCount: number;
            /** @description all that were made */
            calls: number;
            contacted: number | null;
            contactedCount: number;
            satisfied: number | null;
            satisfiedCount: number;
            score: number | null;
            solved: number | null;
            solvedCount: number;
            /** @description that reached somebody: the denominator of all three rates */
            valid: number;
        };
        /** CallbackRow */
        CallbackRow: {
            assigneeName: string | null;
            /** @description calls made in vain */
            attempts: number;
            categoryNameEn: string;
            categoryNameZh: string;
            claim: {
                isMine: boolean;
                name: string;
                /** Format: date-time */
                until: string;
            } | null;
            contactMasked: string | null;
            /** Format: uuid */
            id: string;
            isEmergency: boolean;
            /** @description all calls were in vain; the desk may close it, unconfirmed */
            isToClose: boolean;
            number: string;
            placeLabel: string;
            rating: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
            /** @enum {string} */
            reason: "unsatisfied" | "emergency" | "all" | "sample" | "unanswered";
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** @enum {string} */
            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
            /** Format: date-time */
            wantedAt: string;
        };
        /** CallbackRuleTable */
        CallbackRuleTable: {
            /** Format: date */
            earliest: string;
            items: {
                categoryCode: string | null;
                changedByName: string | null;
                /** @enum {string} */
                level: "company" | "street" | "city" | "base";
                /** @description the number of this scope's own last version */
                ownVersion: number;
                /** @description what is left out is not called about */
                rules: {
                    all?: {
                        attempts: number;
                        delayHours: number;
                        retryHours: number;
                    };
                    emergency?: {
                        attempts: number;
                        delayHours: number;
                        retryHours: number;
                    };
                    sample?: {
                        attempts: number;
                        delayHours: number;
                        percent: number;
                        retryHours: number;
                    };
                    unanswered: {
                        attempts: number;
                        delayHours: number;
                        retryHours: number;
                    };
                    unsatisfied?: {
                        attempts: number;
                        delayHours: number;
                        retryHours: number;
                    };
                };
                /** Format: date */
                validFrom: string | null;
            }[];
            mayEdit: boolean;
            own: components["schemas"]["CallbackRuleVersion"][];
            /** Format: uuid */
            scopeId: string;
        };
        /** CallbackRuleVersion */
        CallbackRuleVersion: {
            /** @description null: every matter */
            categoryCode: string | null;
            /** Format: date-time */
            changedAt: string;
            changedByName: string;
            reason: string;
            /** @description what is left out is not called about */
            rules: {
                all?: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
                emergency?: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
                sample?: {
                    attempts: number;
                    delayHours: number;
                    percent: number;
                    retryHours: number;
                };
                unanswered: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
                unsatisfied?: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
            } | null;
            /** Format: date */
            validFrom: string;
            version: number;
        };
        /** CallbackScript */
        CallbackScript: {
            /** @description whether you may write a version for this scope */
            mayWrite: boolean;
            questions: components["schemas"]["CallbackQuestion"][];
            /** Format: uuid */
            scopeId: string | null;
            /** @description 0: nobody has written one; the three questions of every call remain */
            version: number;
            /** Format: date-time */
            writtenAt: string | null;
            writtenName: string | null;
        };
        /** Caller */
        Caller: {
            homes: {
                /** @description Masked */
                callerName: string;
                /** Format: uuid */
                householdId: string;
                label: string;
                matters: {
                    categoryNameEn: string;
                    categoryNameZh: string;
                    /** Format: date-time */
                    createdAt: string;
                    /** Format: uuid */
                    id: string;
                    isLate: boolean;
                    isOpen: boolean;
                    number: string;
                    /** @enum {string} */
                    status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
                    urgeCount: number;
                    version: number;
                }[];
                /** @description Masked: for whom they may speak */
                onBehalfOf: string | null;
                purposes: string[];
                /** @description owner, tenant, family; delegate for who speaks for somebody */
                relation: string;
                /** Format: uuid */
                scopeId: string;
                scopeName: string;
            }[];
        };
        /** CallList */
        CallList: {
            items: components["schemas"]["Call"][];
        };
        /** Candidate */
        Candidate: {
            /** Format: uuid */
            accountId: string;
            displayName: string;
            hasSkill: boolean;
            openOrders: number;
            role: string;
            skills: string[];
            title: string;
        };
        /** CarPark */
        CarPark: {
            free: number | null;
            held: number;
            monthlyFeeFen: number;
            /** Format: uuid */
            scopeId: string;
            spaces: number | null;
            version: number;
        };
        /** CatalogueEntry */
        CatalogueEntry: {
            code: string;
            current: components["schemas"]["CategoryVersion"];
            group: string;
            isEmergency: boolean;
            /** @enum {string} */
            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
            ownVersion: number;
            place: string;
            upcoming: components["schemas"]["CategoryVersion"][];
        };
        /** Category */
        Category: {
            arriveMinutes: number | null;
            /** @enum {string} */
            calendar: "always" | "working";
            code: string;
            duty: string;
            group: string;
            isConfidential: boolean;
            isEmergency: boolean;
            keywordsEn: string[];
            keywordsZh: string[];
            /** @enum {string} */
            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
            nameEn: string;
            nameZh: string;
            photosRequired: boolean;
            /** @enum {string} */
            place: "home" | "public" | "both";
            resolveMinutes: number;
            respondMinutes: number;
            skill: string;
        };
        /** CategoryVersion */
        CategoryVersion: {
            arriveMinutes: number | null;
            /** @enum {string} */
            calendar: "always" | "working";
            changedAt: string | null;
            changedByName: string;
            /** @enum {string} */
            duty: "inside_home" | "common_in_warranty" | "common_out_of_warranty" | "utility" | "upstairs_neighbour" | "property_service" | "not_property";
            isActive: boolean;
            keywordsEn: string[];
            keywordsZh: string[];
            /** @enum {string} */
            level: "company" | "city" | "base";
            nameEn: string;
            nameZh: string;
            photosRequired: boolean;
            reason: string;
            resolveMinutes: number;
            respondMinutes: number;
            validFrom: string | null;
            version: number;
        };
        /** ChainReport */
        ChainReport: {
            checked: number;
            destroyedAt: string | null;
            faults: {
                /** @enum {string} */
                kind: "missing" | "altered";
                part: ("who" | "why" | "row") | null;
                seq: number;
            }[];
            from: number;
            until: number;
        };
        /** CheckResult */
        CheckResult: {
            failed: components["schemas"]["FailedCheck"][];
            fault: string | null;
            /** Format: uuid */
            id: string;
            isClockOff: boolean;
            outcome: ("pass" | "pass_report" | "refer" | "refuse") | null;
            overriders: ("guard" | "desk" | "manager" | "committee" | "street")[];
            params: {
                [key: string]: string | number;
            };
            recordedAt: string | null;
            ref: string | null;
            remedy: components["schemas"]["Sentence"] | null;
            say: string | null;
            sentence: components["schemas"]["Sentence"] | null;
            seq: number | null;
            /** @enum {string} */
            status: "decided" | "repeated" | "refused";
            urgent: ("birth" | "dialysis" | "oxygen" | "ambulance" | "fire" | "rescue") | null;
            way: ("code" | "visitor_code" | "six_digits" | "card" | "plate" | "spoken" | "none") | null;
        };
        /** ChecksAnswer */
        ChecksAnswer: {
            /** Format: date-time */
            now: string;
            results: components["schemas"]["CheckResult"][];
        };
        /**
         * ClaimedCallback
         * @description null: nobody is left to be called
         */
        ClaimedCallback: {
            claim: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                scopeId: string;
                /** Format: date-time */
                until: string;
            } | null;
        };
        /** ColdRoom */
        ColdRoom: {
            coldest: number;
            days: number;
            from: string;
            /** Format: uuid */
            householdId: string;
            householdLabel: string;
            isOpen: boolean;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            until: string;
            visitIds: string[];
        };
        /** Comparison */
        Comparison: {
            from: string;
            /** @description there are more rows than are shown */
            isCut: boolean;
            previousFrom: string;
            previousTo: string;
            rows: {
                before: {
                    /** @description the median, in minutes by the clock */
                    acceptMinutes: number | null;
                    /** @description the median, in minutes by the clock */
                    arriveMinutes: number | null;
                    basicallySatisfied: number | null;
                    done: number;
                    /** @description done without a dispute and without a reopening */
                    firstTime: number;
                    firstTimeRate: number | null;
                    late: number;
                    onTime: number;
                    onTimeRate: number | null;
                    rated: number;
                    reopened: number;
                    /** @description the median, in minutes by the clock */
                    resolveMinutes: number | null;
                    /** @description satisfied, and basically satisfied at its dated worth, over those who rated */
                    satisfaction: number | null;
                    /** @description null where fewer than five have rated */
                    satisfied: number | null;
                    secondVisit: number;
                    /** @description reported in the period; without duplicates, and parts instead of what was split */
                    total: number;
                    unsatisfied: number | null;
                } | null;
                /** @description account, category code, building or scope; empty: nobody, nowhere */
                key: string;
                label: string;
                labelEn: string;
                now: {
                    /** @description the median, in minutes by the clock */
                    acceptMinutes: number | null;
                    /** @description the median, in minutes by the clock */
                    arriveMinutes: number | null;
                    basicallySatisfied: number | null;
                    done: number;
                    /** @description done without a dispute and without a reopening */
                    firstTime: number;
                    firstTimeRate: number | null;
                    late: number;
                    onTime: number;
                    onTimeRate: number | null;
                    rated: number;
                    reopened: number;
                    /** @description the median, in minutes by the clock */
                    resolveMinutes: number | null;
                    /** @description satisfied, and basically satisfied at its dated worth, over those who rated */
                    satisfaction: number | null;
                    /** @description null where fewer than five have rated */
                    satisfied: number | null;
                    secondVisit: number;
                    /** @description reported in the period; without duplicates, and parts instead of what was split */
                    total: number;
                    unsatisfied: number | null;
                };
            }[];
            to: string;
            total: {
                before: {
                    /** @description the median, in minutes by the clock */
                    acceptMinutes: number | null;
                    /** @description the median, in minutes by the clock */
                    arriveMinutes: number | null;
                    basicallySatisfied: number | null;
                    done: number;
                    /** @description done without a dispute and without a reopening */
                    firstTime: number;
                    firstTimeRate: number | null;
                    late: number;
                    onTime: number;
                    onTimeRate: number | null;
                    rated: number;
                    reopened: number;
                    /** @description the median, in minutes by the clock */
                    resolveMinutes: number | null;
                    /** @description satisfied, and basically satisfied at its dated worth, over those who rated */
                    satisfaction: number | null;
                    /** @description null where fewer than five have rated */
                    satisfied: number | null;
                    secondVisit: number;
                    /** @description reported in the period; without duplicates, and parts instead of what was split */
                    total: number;
                    unsatisfied: number | null;
                } | null;
                now: {
                    /** @description the median, in minutes by the clock */
                    acceptMinutes: number | null;
                    /** @description the median, in minutes by the clock */
                    arriveMinutes: number | null;
                    basicallySatisfied: number | null;
                    done: number;
                    /** @description done without a dispute and without a reopening */
                    firstTime: number;
                    firstTimeRate: number | null;
                    late: number;
                    onTime: number;
                    onTimeRate: number | null;
                    rated: number;
                    reopened: number;
                    /** @description the median, in minutes by the clock */
                    resolveMinutes: number | null;
                    /** @description satisfied, and basically satisfied at its dated worth, over those who rated */
                    satisfaction: number | null;
                    /** @description null where fewer than five have rated */
                    satisfied: number | null;
                    secondVisit: number;
                    /** @description reported in the period; without duplicates, and parts instead of what was split */
                    total: number;
                    unsatisfied: number | null;
                };
            };
        };
        /** Consent */
        Consent: {
            calledAt: string | null;
            /** @description Masked */
            delegateName: string;
            /** @description Masked */
            delegatePhone: string;
            /**
             * Format: date
             * @description The first day on which it no longer holds
             */
            endsOn: string;
            evidence: {
                /** Format: uuid */
                id: string;
            }[];
            /** Format: date-time */
            givenAt: string;
            /** @enum {string} */
            givenBy: "app" | "signature" | "call";
            /** @description Masked */
            grantorName: string;
            /** Format: uuid */
            householdId: string;
            householdLabel: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kinship: "child" | "parent" | "spouse" | "relative" | "carer" | "friend";
            /** Format: uuid */
            personId: string;
            purposes: ("follow" | "report" | "confirm" | "pay")[];
            recordedByName: string | null;
            revokedAt: string | null;
            revokedBy: ("grantor" | "delegate" | "desk" | "replaced") | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** Format: date */
            startsOn: string;
            /** @enum {string} */
            state: "standing" | "coming" | "over" | "revoked";
        };
        /** Contact */
        Contact: {
            name: string;
            phone: string;
        };
        /** ContractorJob */
        ContractorJob: {
            categoryNameEn: string;
            categoryNameZh: string;
            contactPurpose: string | null;
            contractor: string;
            /** Format: date-time */
            dueAt: string | null;
            /** Format: date-time */
            expiresAt: string;
            isEmergency: boolean;
            isOver: boolean;
            number: string;
            placeLabel: string;
            scopeName: string;
            /** @enum {string} */
            state: "invited" | "accepted" | "arrived" | "done" | "declined";
            task: string;
        };
        /** ContractorPhoto */
        ContractorPhoto: {
            /** Format: uuid */
            id: string;
        };
        /** CorrectPersonBody */
        CorrectPersonBody: {
            expectedVersion: number;
            name?: string;
            phone?: string | null;
            reason: string;
        };
        /** Delivery */
        Delivery: {
            attempts: number;
            channel: string;
            createdAt: string | null;
            error: string | null;
            /** Format: uuid */
            id: string;
            nextTryAt: string | null;
            objectId: string | null;
            recipientMasked: string | null;
            /** Format: uuid */
            scopeId: string;
            /** @enum {unknown} */
            state: "waiting" | "sent" | "delivered" | "failed" | "none";
            template: string | null;
            /** Format: date-time */
            updatedAt: string;
            urgency: string | null;
        };
        /** DeskPhoneBody */
        DeskPhoneBody: {
            /** @description '' takes it away */
            phone: string;
        };
        /** DeskPhones */
        DeskPhones: {
            items: {
                /** @description What counts while nothing is said here: the company’s */
                inherited: string | null;
                /** @description What is said here; '' when nothing is */
                phone: string;
                /** Format: uuid */
                scopeId: string;
                scopeName: string;
            }[];
            mayEdit: boolean;
        };
        /** Destruction */
        Destruction: {
            count: number;
            documentNo: string | null;
            /** Format: date-time */
            doneAt: string;
            /** Format: date-time */
            from: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "measure" | "day" | "export" | "person";
            measure: string | null;
            /** Format: date-time */
            to: string;
        };
        /** Destructions */
        Destructions: {
            items: components["schemas"]["Destruction"][];
        };
        /** Device */
        Device: {
            buildingId: string | null;
            clockOffAt: string | null;
            facilityId: string | null;
            fault: ("malformed" | "too_large" | "field_unknown" | "id_invalid" | "value_invalid" | "value_out_of_range" | "time_invalid" | "nothing_measured" | "topic_foreign" | "retained" | "too_many") | null;
            faultAt: string | null;
            faultCount: number;
            gatewayId: string | null;
            hasSecret: boolean;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "water" | "lift" | "pump" | "gate" | "smoke" | "thermometer" | "meter" | "gateway";
            label: string;
            lastAt: string | null;
            lastSeenAt: string | null;
            lastValue: number | null;
            placeLabel: string;
            retiredAt: string | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            spot: string;
            /** @enum {string} */
            state: "alarm" | "silent" | "never" | "ok" | "retired";
            version: number;
        };
        /** DeviceCredentials */
        DeviceCredentials: {
            commandsTopic: string;
            httpPath: string;
            password: string;
            readingsTopic: string;
            stateTopic: string;
            userName: string;
        };
        /** DeviceDetail */
        DeviceDetail: {
            alarms: components["schemas"]["Alarm"][];
            deletedBefore: string | null;
            device: components["schemas"]["Device"];
            gatewayLabel: string | null;
            mayManage: boolean;
            /** @enum {string} */
            measures: "state" | "number" | "none";
            rules: components["schemas"]["SensorRule"][];
            unit: string;
        };
        /** DevicePlot */
        DevicePlot: {
            /** Format: date-time */
            from: string;
            points: {
                /** Format: date-time */
                at: string;
                count: number;
                least: number;
                most: number;
            }[];
            /** Format: date-time */
            to: string;
        };
        /** Devices */
        Devices: {
            counts: {
                alarm: number;
                never: number;
                ok: number;
                retired: number;
                silent: number;
            };
            items: components["schemas"]["Device"][];
            nextCursor: string | null;
        };
        /** Disclosure */
        Disclosure: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            id: string;
            organisationName: string;
            /** @enum {string} */
            purpose: "callback" | "visit" | "clarify" | "verify_identity" | "correct_record" | "emergency" | "authority" | "export" | "other";
            role: string;
            scopeName: string;
            words: string | null;
        };
        /** DispatchBoard */
        DispatchBoard: {
            isCut: boolean;
            name: string;
            /** Format: date-time */
            now: string;
            people: {
                /** Format: uuid */
                accountId: string;
                blocks: components["schemas"]["BoardBlock"][];
                displayName: string;
                /** @enum {string} */
                duty: "on" | "standby" | "off" | "away" | "unplanned";
                nextFrom: string | null;
                openOrders: number;
                role: string;
                spans: {
                    /** Format: date-time */
                    from: string;
                    /** @enum {string} */
                    kind: "duty" | "standby" | "overtime";
                    /** Format: date-time */
                    to: string;
                }[];
                title: string;
                until: string | null;
            }[];
            /** Format: uuid */
            scopeId: string;
            timeZone: string;
            waiting: components["schemas"]["BoardWaiting"][];
        };
        /** DispatchRuleMade */
        DispatchRuleMade: {
            /** Format: date-time */
            startsAt: string;
            version: number;
        };
        /** DispatchRules */
        DispatchRules: {
            compounds: {
                categoryCode: string | null;
                /** @enum {string} */
                mode: "by_hand" | "in_turn" | "grab" | "automatic";
                name: string;
                /** Format: uuid */
                scopeId: string;
                /** Format: date-time */
                startsAt: string;
            }[];
            /** Format: date */
            earliest: string;
            escalation: {
                changedByName: string | null;
                /** @enum {string} */
                level: "compound" | "company" | "street" | "city" | "base";
                /** @description the number of this place's own last version */
                ownVersion: number;
                reason: string | null;
                startsAt: string | null;
                value: components["schemas"]["EscalationChain"];
            };
            kind: string;
            mayEdit: boolean;
            /** @description a compound only says which way is taken */
            mayEditAll: boolean;
            /** @description only a company decides that its repairers may grab */
            mayGrab: boolean;
            modes: {
                categoryCode: string | null;
                changedByName: string | null;
                /** @enum {string} */
                level: "compound" | "company" | "street" | "city" | "base";
                /** @enum {string} */
                mode: "by_hand" | "in_turn" | "grab" | "automatic";
                /** @description the number of this place's own last version */
                ownVersion: number;
                reason: string | null;
                startsAt: string | null;
            }[];
            name: string;
            offers: {
                changedByName: string | null;
                /** @enum {string} */
                level: "compound" | "company" | "street" | "city" | "base";
                /** @description the number of this place's own last version */
                ownVersion: number;
                reason: string | null;
                startsAt: string | null;
                value: components["schemas"]["OfferCountdowns"];
            };
            own: ({
                categoryCode: string | null;
                /** Format: date-time */
                changedAt: string;
                changedByName: string;
                reason: string;
                /** @enum {string} */
                standing: "past" | "now" | "coming";
                /** Format: date-time */
                startsAt: string;
                /** @enum {string} */
                subject: "mode";
                value: ("by_hand" | "in_turn" | "grab" | "automatic") | null;
                version: number;
            } | {
                /** Format: date-time */
                changedAt: string;
                changedByName: string;
                reason: string;
                /** @enum {string} */
                standing: "past" | "now" | "coming";
                /** Format: date-time */
                startsAt: string;
                /** @enum {string} */
                subject: "offers";
                value: components["schemas"]["OfferCountdowns"] | null;
                version: number;
            } | {
                /** Format: date-time */
                changedAt: string;
                changedByName: string;
                reason: string;
                /** @enum {string} */
                standing: "past" | "now" | "coming";
                /** Format: date-time */
                startsAt: string;
                /** @enum {string} */
                subject: "escalation";
                value: components["schemas"]["EscalationChain"] | null;
                version: number;
            })[];
            /** Format: uuid */
            scopeId: string;
            /** @description orders there that wait for somebody now */
            waiting: number;
        };
        /** DispatchState */
        DispatchState: {
            alerts: {
                afterMinutes: number;
                /** Format: date-time */
                at: string;
                count: number;
                /** @enum {string} */
                matter: "claim" | "arrival" | "held";
                reason: ("unclaimed" | "not_departed" | "on_the_way" | "paused") | null;
                /** @enum {string} */
                role: "desk" | "steward" | "manager" | "company" | "street" | "city";
            }[];
            heldByName: string | null;
            heldUntil: string | null;
            isWatched: boolean;
            mayHold: boolean;
            /** @enum {string} */
            mode: "by_hand" | "in_turn" | "grab" | "automatic";
            nextAt: string | null;
            nextRole: ("desk" | "steward" | "manager" | "company" | "street" | "city") | null;
            offers: {
                /** Format: uuid */
                accountId: string;
                displayName: string;
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                offeredAt: string;
                /** @enum {string} */
                state: "open" | "accepted" | "declined" | "expired" | "withdrawn";
            }[];
            round: number;
            /** @enum {string} */
            state: "waiting" | "offered" | "exhausted" | "by_hand" | "closed";
        };
        /** DutyRule */
        DutyRule: {
            categoryCode: string | null;
            changedByName: string;
            /** @enum {string} */
            doer: "company" | "receiver" | "resident";
            /** @enum {string} */
            duty: "inside_home" | "common_in_warranty" | "common_out_of_warranty" | "utility" | "upstairs_neighbour" | "property_service" | "not_property";
            /** @enum {string} */
            level: "company" | "street" | "city" | "base";
            ownVersion: number;
            /** @enum {string} */
            payer: "resident" | "owners" | "company" | "developer" | "receiver" | "cause";
            receiverCode: string | null;
            sentenceEn: string | null;
            sentenceZh: string | null;
            source: string;
            validFrom: string | null;
            version: number;
        };
        /** Erasure */
        Erasure: {
            isErased: boolean;
            lines: {
                count: number | null;
                /** @enum {string} */
                part: "name_and_phone" | "search" | "contacts" | "account" | "relations" | "orders" | "consents" | "looks" | "logs";
                /** @enum {string} */
                reason: "no_longer_needed" | "open_orders" | "lives_here" | "used_elsewhere" | "register" | "service_record" | "log";
                /** @enum {string} */
                verdict: "goes" | "stays" | "refused";
            }[];
            mayErase: boolean;
        };
        /** EscalationChain */
        EscalationChain: {
            acknowledgedMinutes: number;
            emergency: {
                afterMinutes: number;
                /** @enum {string} */
                to: "desk" | "steward" | "manager" | "company" | "street" | "city";
            }[];
            normal: {
                afterMinutes: number;
                /** @enum {string} */
                to: "desk" | "steward" | "manager" | "company" | "street" | "city";
            }[];
            notThere: ("desk" | "steward" | "manager" | "company" | "street" | "city")[];
        };
        /** EscalationChange */
        EscalationChange: {
            expectedVersion: number;
            reason: string;
            /** Format: uuid */
            scopeId: string;
            startsOn: string | null;
            value: components["schemas"]["EscalationChain"] | null;
        };
        /** EstimateFigures */
        EstimateFigures: {
            /** Format: date-time */
            learntAt: string;
            legs: {
                count: number;
                isEmergency: boolean;
                /** @description nine of ten were quicker */
                late: number;
                /** @enum {string} */
                leg: "take" | "come" | "way";
                median: number;
                tested: {
                    bias: number;
                    count: number;
                    medianError: number;
                    within: number;
                } | null;
            }[];
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
        };
        /** ExplainedClocks */
        ExplainedClocks: {
            clocks: {
                /** @enum {string} */
                clock: "respond" | "arrive" | "resolve";
                days: {
                    date: string;
                    minutes: number;
                    reason: string;
                }[];
                /** Format: date-time */
                dueAt: string;
            }[];
            isCovered: boolean;
            knownTo: string;
            timeZone: string;
        };
        /** FailedCheck */
        FailedCheck: {
            check: string;
            /** @enum {string} */
            code: "code_malformed" | "code_forged" | "code_expired" | "code_not_yet" | "code_replayed" | "code_foreign" | "pass_unknown" | "no_pass" | "pass_suspended" | "pass_revoked" | "pass_not_yet" | "pass_over" | "pass_used_up" | "wrong_gate" | "wrong_building" | "wrong_hour" | "gate_closed" | "wrong_way" | "vehicle_gate_only" | "temperature_high" | "temperature_missing" | "temperature_implausible" | "health_red" | "health_yellow" | "health_popup" | "health_expired" | "health_none" | "health_unanswered" | "health_kept_too_old" | "test_missing" | "test_overdue" | "test_pending" | "test_positive" | "vaccination_missing" | "travel_high_risk" | "travel_abroad" | "travel_unknown" | "denied" | "watched" | "isolated" | "mask_missing" | "mask_unknown" | "inside_full" | "spaces_full";
            /** @enum {string} */
            outcome: "pass" | "pass_report" | "refer" | "refuse";
            overriders: ("guard" | "desk" | "manager" | "committee" | "street")[];
            params: {
                [key: string]: string | number;
            };
            policyId: string | null;
            /** @enum {string} */
            state: "fail" | "unknown" | "ok";
        };
        /** FieldChange */
        FieldChange: {
            actorName: string | null;
            actorRole: string;
            /** Format: date-time */
            at: string;
            became: unknown;
            eventKind: string;
            field: string;
            was: unknown;
        };
        /** FilterQuery */
        FilterQuery: {
            /** Format: uuid */
            assigneeId?: string;
            category?: string;
            from?: string;
            /** @enum {string} */
            kind?: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
            late?: boolean;
            /** @enum {string} */
            priority?: "normal" | "high" | "urgent";
            /** @enum {string} */
            queue?: "unassigned" | "due_hour" | "late" | "callback" | "disputed" | "waiting_resident" | "open" | "mine" | "all";
            /** Format: uuid */
            scope?: string;
            /** @enum {string} */
            sort?: "due" | "created";
            status?: string;
            to?: string;
            words?: string;
        };
        /** Gate */
        Gate: {
            buildingId: string | null;
            buildingName: string | null;
            code: string;
            devices: components["schemas"]["GateDevice"][];
            /** @enum {string} */
            direction: "in" | "out" | "both";
            entries: number;
            exits: number;
            hours: {
                days: number[];
                fromMinute: number;
                toMinute: number;
            }[];
            /** Format: uuid */
            id: string;
            isOutOfProportion: boolean;
            /** @enum {string} */
            kind: "pedestrian" | "vehicle" | "both";
            lastAt: string | null;
            name: string;
            retiredAt: string | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            version: number;
        };
        /** GateBundle */
        GateBundle: {
            count?: number;
            days: string[];
            /** Format: uuid */
            deviceId: string;
            expiresAt: number;
            from?: string;
            gate: {
                buildingId: string | null;
                /** @enum {unknown} */
                direction: "in" | "out" | "both";
                hours: unknown[];
                /** Format: uuid */
                id: string;
                /** @enum {unknown} */
                kind: "pedestrian" | "vehicle" | "both";
            };
            gone?: string[];
            issuedAt: number;
            /** @enum {unknown} */
            kind: "full" | "difference";
            markKeys: {
                [key: string]: string;
            };
            passes: unknown;
            policies: unknown[];
            /** Format: uuid */
            scopeId: string;
            timeZone: string;
            v: number;
            version: string;
            visitorKeys: {
                [key: string]: string;
            };
        };
        /** GateCredentials */
        GateCredentials: {
            httpPath: string;
            password: string;
            userName: string;
        };
        /** GateDevice */
        GateDevice: {
            clockSkewMs: number | null;
            /** Format: uuid */
            gateId: string;
            hasSecret: boolean;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "barrier" | "reader" | "guard_phone";
            label: string;
            lastSeenAt: string | null;
            revokedAt: string | null;
            /** @enum {string} */
            standing: "revoked" | "no_secret" | "never" | "silent" | "clock_off" | "well";
            version: number;
        };
        /** GateFlow */
        GateFlow: {
            day: string;
            hours: {
                entries: number;
                exits: number;
                /** Format: uuid */
                gateId: string;
                hour: number;
                stopped: number;
            }[];
            inside: number;
        };
        /** Gates */
        Gates: {
            items: components["schemas"]["Gate"][];
            mayManage: boolean;
            silentMinutes: number;
        };
        /** GoodsSlip */
        GoodsSlip: {
            askedByName: string;
            carriedBy: string | null;
            checkedAt: string | null;
            checkedByName: string | null;
            checkNote: string | null;
            code: string;
            /** Format: uuid */
            householdId: string;
            householdLabel: string;
            /** Format: uuid */
            id: string;
            items: {
                count: number;
                what: string;
            }[];
            plate: string | null;
            /** Format: uuid */
            scopeId: string;
            /** @enum {unknown} */
            state: "open" | "passed" | "held" | "cancelled" | "over";
            /** Format: date-time */
            validFrom: string;
            /** Format: date-time */
            validTo: string;
            version: number;
        };
        /** Handover */
        Handover: {
            /** Format: date-time */
            answeredAt: string | null;
            /** Format: date-time */
            createdAt: string;
            fromName: string;
            /** Format: uuid */
            id: string;
            isForMe: boolean;
            isFromMe: boolean;
            items: {
                categoryNameEn: string;
                categoryNameZh: string;
                isEmergency: boolean;
                note: string;
                number: string;
                /** Format: uuid */
                orderId: string;
                placeLabel: string;
                result: ("passed" | "gone") | null;
                /** Format: uuid */
                scopeId: string;
                scopeName: string;
                status: string;
            }[];
            /** @enum {string} */
            state: "offered" | "accepted" | "declined" | "withdrawn";
            toName: string;
        };
        /** HeatingSeason */
        HeatingSeason: {
            firstDay: string;
            isOn: boolean;
            lastDay: string;
            name: string;
        };
        /** HeatingVisit */
        HeatingVisit: {
            coldest: number;
            /** Format: uuid */
            householdId: string;
            householdLabel: string;
            /** Format: uuid */
            id: string;
            isCold: boolean;
            isSigned: boolean;
            /** Format: date-time */
            measuredAt: string;
            measuredByName: string;
            note: string | null;
            rooms: {
                celsius: number;
                room: string;
            }[];
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            standard: number;
            unsignedReason: string | null;
        };
        /** HotlineBatchResult */
        HotlineBatchResult: {
            batchId: string | null;
            faults: {
                /** @enum {string} */
                code: "required" | "number_invalid" | "too_long" | "date_invalid" | "due_before_received" | "in_future" | "urgency_unknown" | "yes_no" | "phone_invalid" | "twice_other_due" | "twice_same" | "known_other_due" | "repeat_unknown" | "repeat_self";
                field: ("number" | "receivedAt" | "dueAt" | "urgency" | "topic" | "description" | "placeText" | "compound" | "callerName" | "callerPhone" | "isConfidential" | "repeatOf") | null;
                line: number;
                params: {
                    [key: string]: string | number;
                };
            }[];
            known: number;
            mapping: components["schemas"]["HotlineMapping"];
            missing: ("number" | "receivedAt" | "dueAt" | "urgency" | "topic" | "description" | "placeText" | "compound" | "callerName" | "callerPhone" | "isConfidential" | "repeatOf")[];
            rows: number;
            taken: number;
            titles: string[];
        };
        /** HotlineCase */
        HotlineCase: {
            actions: {
                /** @enum {string} */
                action: "pass" | "sign" | "contact" | "open_order" | "call_in" | "joint_done" | "object" | "uphold" | "overrule" | "extend" | "hang" | "review" | "resume" | "answer" | "send_back" | "reply" | "record_callback" | "ask_exclusion" | "decide_exclusion" | "link_repeat" | "unlink_repeat" | "dismiss" | "note";
                isAllowed: boolean;
                reasonCode: string | null;
            }[];
            answer: string | null;
            callback: {
                /** Format: date-time */
                calledAt: string;
                isExcluded: boolean;
                isSolved: boolean | null;
                isValid: boolean;
                satisfaction: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
                unitName: string;
                wasContacted: boolean | null;
            } | null;
            callbacks: {
                /** Format: date-time */
                calledAt: string;
                invalidReason: string | null;
                isExcluded: boolean;
                isSolved: boolean | null;
                isValid: boolean;
                note: string | null;
                recordedName: string;
                round: number;
                satisfaction: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
                unitName: string;
                wasContacted: boolean | null;
            }[];
            caller: string | null;
            closedAt: string | null;
            compoundId: string | null;
            contactedAt: string | null;
            description: string;
            draft: {
                key: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
            /** Format: date-time */
            dueAt: string;
            events: {
                actorName: string | null;
                actorRole: string;
                /** Format: date-time */
                at: string;
                /** Format: uuid */
                id: string;
                kind: string;
                params: {
                    [key: string]: unknown;
                };
            }[];
            /** @enum {string} */
            exclusion: "none" | "asked" | "approved" | "refused";
            exclusionGrounds: string[];
            exclusions: {
                /** Format: date-time */
                askedAt: string;
                askedName: string;
                decidedAt: string | null;
                decidedName: string | null;
                decisionReason: string | null;
                ground: string;
                /** Format: uuid */
                id: string;
                isApproved: boolean | null;
                reason: string;
            }[];
            extensionCount: number;
            /** Format: date-time */
            firstDueAt: string;
            hands: {
                /** Format: date-time */
                dueAt: string;
                endedAt: string | null;
                endReason: string | null;
                isHolder: boolean;
                isLate: boolean;
                isLead: boolean;
                joint: ("assist" | "whistle") | null;
                /** @enum {string} */
                level: "city" | "district" | "street" | "community" | "company";
                name: string;
                no: number;
                /** Format: date-time */
                receivedAt: string;
                share: number;
                signedAt: string | null;
                /** Format: uuid */
                unitId: string;
            }[];
            hangReason: string | null;
            hangReviewAt: string | null;
            /** Format: date-time */
            holderDueAt: string;
            /** @enum {string} */
            holderLevel: "city" | "district" | "street" | "community" | "company";
            holderName: string;
            /** Format: uuid */
            id: string;
            isConfidential: boolean;
            isHolderLate: boolean;
            isLate: boolean;
            isMine: boolean;
            isRepeat: boolean;
            leadName: string | null;
            matter: {
                /** Format: uuid */
                id: string;
                number: string;
                /** Format: date-time */
                receivedAt: string;
            }[];
            number: string;
            orders: {
                arrivedAt: string | null;
                finishedAt: string | null;
                /** Format: uuid */
                id: string;
                isOpen: boolean;
                number: string;
                /** Format: uuid */
                scopeId: string;
                status: string;
                workDone: string | null;
                workerName: string | null;
            }[];
            outcome: ("called_back" | "not_dispatched") | null;
            placeScopeId: string | null;
            placeScopeName: string | null;
            placeText: string;
            /** Format: date-time */
            receivedAt: string;
            repliedAt: string | null;
            reply: string | null;
            round: number;
            /** Format: uuid */
            scopeId: string;
            /** @enum {string} */
            source: "webhook" | "file" | "hand";
            sourceName: string;
            /** @enum {string} */
            status: "received" | "signed" | "handling" | "objected" | "hanging" | "answered" | "replied" | "closed";
            streetName: string | null;
            suggestions: {
                description: string;
                /** Format: uuid */
                id: string;
                isSameCaller: boolean;
                number: string;
                /** Format: date-time */
                receivedAt: string;
                /** @enum {string} */
                status: "received" | "signed" | "handling" | "objected" | "hanging" | "answered" | "replied" | "closed";
            }[];
            /** Format: date-time */
            takenAt: string;
            topic: string;
            /** @enum {string} */
            urgency: "danger" | "utility" | "ordinary" | "complex";
            version: number;
        };
        /** HotlineCaseItem */
        HotlineCaseItem: {
            callback: {
                /** Format: date-time */
                calledAt: string;
                isExcluded: boolean;
                isSolved: boolean | null;
                isValid: boolean;
                satisfaction: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
                unitName: string;
                wasContacted: boolean | null;
            } | null;
            description: string;
            /** Format: date-time */
            dueAt: string;
            /** @enum {string} */
            exclusion: "none" | "asked" | "approved" | "refused";
            /** Format: date-time */
            holderDueAt: string;
            /** @enum {string} */
            holderLevel: "city" | "district" | "street" | "community" | "company";
            holderName: string;
            /** Format: uuid */
            id: string;
            isConfidential: boolean;
            isHolderLate: boolean;
            isLate: boolean;
            isMine: boolean;
            isRepeat: boolean;
            leadName: string | null;
            number: string;
            placeText: string;
            /** Format: date-time */
            receivedAt: string;
            repliedAt: string | null;
            round: number;
            /** Format: uuid */
            scopeId: string;
            /** @enum {string} */
            status: "received" | "signed" | "handling" | "objected" | "hanging" | "answered" | "replied" | "closed";
            streetName: string | null;
            topic: string;
            /** @enum {string} */
            urgency: "danger" | "utility" | "ordinary" | "complex";
        };
        /** HotlineCommand */
        HotlineCommand: {
            /** @enum {string} */
            action: "pass";
            expectedVersion: number;
            note?: string;
            /** Format: uuid */
            toScopeId: string;
        } | {
            /** @enum {string} */
            action: "sign";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "contact";
            expectedVersion: number;
            /** @enum {string} */
            how: "phone" | "visit" | "message";
            note?: string;
        } | {
            /** @enum {string} */
            action: "open_order";
            categoryCode: string;
            description?: string;
            expectedVersion: number;
            place?: {
                /** Format: uuid */
                householdId: string;
                /** @enum {string} */
                type: "home";
            } | {
                /** Format: uuid */
                buildingId?: string;
                spot?: string;
                /** @enum {string} */
                type: "public";
            };
        } | {
            /** @enum {string} */
            action: "call_in";
            ask: string;
            expectedVersion: number;
            /** @enum {string} */
            kind: "assist" | "whistle";
            /** Format: uuid */
            toScopeId: string;
        } | {
            /** @enum {string} */
            action: "joint_done";
            expectedVersion: number;
            text: string;
        } | {
            /** @enum {string} */
            action: "object";
            expectedVersion: number;
            /** @enum {string} */
            ground: "not_our_area" | "not_our_duty" | "wrong_facts" | "duplicate";
            reason: string;
        } | {
            /** @enum {string} */
            action: "uphold";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "overrule";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "extend";
            expectedVersion: number;
            reason: string;
            toldCaller: string;
            /** Format: date-time */
            until: string;
        } | {
            /** @enum {string} */
            action: "hang";
            expectedVersion: number;
            reason: string;
            /** Format: date-time */
            reviewAt: string;
        } | {
            /** @enum {string} */
            action: "review";
            expectedVersion: number;
            note: string;
            /** Format: date-time */
            reviewAt: string;
        } | {
            /** @enum {string} */
            action: "resume";
            expectedVersion: number;
            /** Format: date-time */
            until: string;
        } | {
            /** @enum {string} */
            action: "answer";
            expectedVersion: number;
            text: string;
        } | {
            /** @enum {string} */
            action: "send_back";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "reply";
            expectedVersion: number;
            text: string;
        } | {
            /** @enum {string} */
            action: "record_callback";
            expectedVersion: number;
            invalidReason?: ("unreachable" | "wrong_number" | "declined" | "not_the_caller") | null;
            isSolved?: boolean | null;
            isValid: boolean;
            note?: string | null;
            redoUntil?: string | null;
            satisfaction?: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
            wasContacted?: boolean | null;
        } | {
            /** @enum {string} */
            action: "ask_exclusion";
            expectedVersion: number;
            ground: string;
            reason: string;
        } | {
            /** @enum {string} */
            action: "decide_exclusion";
            expectedVersion: number;
            isApproved: boolean;
            reason: string;
        } | {
            /** @enum {string} */
            action: "link_repeat";
            expectedVersion: number;
            number: string;
        } | {
            /** @enum {string} */
            action: "unlink_repeat";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "dismiss";
            expectedVersion: number;
            /** @enum {string} */
            ground: "emergency_number" | "other_procedure" | "repeat_without_new_facts" | "secret" | "outside_duties" | "illegal";
            reason: string;
        } | {
            /** @enum {string} */
            action: "note";
            expectedVersion: number;
            text: string;
        };
        /** HotlineMapping */
        HotlineMapping: {
            callerName?: string;
            callerPhone?: string;
            compound?: string;
            description?: string;
            dueAt?: string;
            isConfidential?: string;
            number?: string;
            placeText?: string;
            receivedAt?: string;
            repeatOf?: string;
            topic?: string;
            urgency?: string;
        };
        /** HouseholdBills */
        HouseholdBills: {
            items: {
                categoryNameEn: string;
                categoryNameZh: string;
                /** Format: date-time */
                createdAt: string;
                description: string;
                /** Format: date-time */
                dueSince: string | null;
                /**
                 * Format: uuid
                 * @description The order
                 */
                id: string;
                number: string;
                /**
                 * @description due: the work is done · agreed: due when it is · quoted: waits for an answer
                 * @enum {string}
                 */
                state: "due" | "agreed" | "quoted";
                /** @description yuan, two decimals */
                total: string;
            }[];
            nextCursor: string | null;
            /** @description Over all of them */
            totals: {
                /** @description yuan, two decimals */
                agreed: string;
                /** @description yuan, two decimals */
                due: string;
                /** @description yuan, two decimals */
                quoted: string;
            };
        };
        /** Import */
        Import: {
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
            /** Format: uuid */
            id: string;
            isMine: boolean;
            /** @enum {string} */
            kind: "areas" | "compounds" | "buildings" | "households" | "people";
            name: string;
            refusal: {
                /** @description Its sentence is imports.refusal.<code> in packages/i18n */
                code: string;
                params: {
                    [key: string]: unknown;
                };
            } | null;
            rows: {
                changed: number;
                done: number;
                new: number;
                rejected: number;
                total: number | null;
                unchanged: number;
            };
            /** Format: uuid */
            scopeId: string;
            /** @enum {string} */
            state: "waiting" | "mapping" | "checked" | "refused" | "queued" | "done" | "failed";
        };
        /** ImportColumns */
        ImportColumns: {
            columns: {
                field: string | null;
                /** @description False: the title only comes near */
                isSure: boolean;
                /** @description For whoever sent the file */
                samples: string[];
                title: string;
            }[];
            /** @description Ours; called imports.column.<key> in packages/i18n */
            fields: {
                isRequired: boolean;
                key: string;
            }[];
            /** @description Where the header stands, or seems to */
            line: number;
            sheet: string;
            sheets: string[];
        };
        /** InboxItem */
        InboxItem: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            link: string | null;
            params: {
                [key: string]: unknown;
            };
            readAt: string | null;
            /** Format: uuid */
            scopeId: string;
            template: string;
        };
        /** Invitation */
        Invitation: {
            code: string | null;
            digits: string | null;
            pass: components["schemas"]["Pass"];
        };
        /** JobLink */
        JobLink: {
            /** Format: date-time */
            expiresAt: string;
            path: string;
        };
        /** JobSheet */
        JobSheet: {
            actions: {
                /** @enum {string} */
                action: "add_line" | "remove_line" | "set_discount" | "set_payer" | "send_quote" | "withdraw_quote" | "agree" | "decline" | "ask" | "add_helper" | "remove_helper" | "helper_arrive" | "helper_leave" | "order_part" | "part_arrived" | "plan_visit" | "complete_visit" | "cancel_visit" | "answer_safety" | "reset_safety" | "hand_back" | "invite_contractor" | "revoke_contractor";
                isAllowed: boolean;
                reasonCode: string | null;
            }[];
            charge: {
                discount: string;
                discountReason: string | null;
                lines: {
                    amount: string;
                    /** Format: uuid */
                    id: string;
                    /** @enum {string} */
                    kind: "material" | "labour" | "other";
                    name: string;
                    /** Format: uuid */
                    priceId: string | null;
                    quantity: string;
                    reason: string | null;
                    unit: string;
                    unitPrice: string;
                    warrantyMonths: number;
                }[];
                /** @enum {string} */
                payer: "household" | "developer" | "company" | "maintenance_fund" | "utility" | "responsible_party";
                payerReason: string | null;
                quoteNo: number;
                subtotal: string;
                total: string;
            } | null;
            chargeState: ("none" | "not_due" | "draft" | "quoted" | "agreed" | "declined") | null;
            contractors: {
                /** Format: date-time */
                acceptedAt: string | null;
                /** Format: date-time */
                arrivedAt: string | null;
                contactPurpose: string | null;
                contractor: string;
                createdByName: string | null;
                /** Format: date-time */
                dueAt: string | null;
                /** Format: date-time */
                endedAt: string | null;
                /** Format: date-time */
                expiresAt: string;
                /** Format: uuid */
                id: string;
                isOpen: boolean;
                /** Format: date-time */
                revokedAt: string | null;
                /** @enum {string} */
                state: "invited" | "accepted" | "arrived" | "done" | "declined";
                task: string;
            }[];
            crew: {
                /** Format: uuid */
                accountId: string;
                /** Format: date-time */
                arrivedAt: string | null;
                /** Format: uuid */
                id: string;
                isMe: boolean;
                /** Format: date-time */
                leftAt: string | null;
                name: string;
                title: string;
            }[];
            entries: {
                /** Format: date-time */
                at: string;
                byName: string | null;
                forName: string | null;
                how: ("app" | "signature" | "spoken" | "call") | null;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "sent" | "withdrawn" | "asked" | "agreed" | "declined";
                quoteNo: number;
                signature: {
                    /** Format: uuid */
                    id: string;
                } | null;
                signerName: string | null;
                total: string;
                words: string | null;
            }[];
            parts: {
                /** Format: date-time */
                arrivedAt: string | null;
                /** Format: date */
                expectedOn: string;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                orderedAt: string;
                orderedByName: string | null;
                supplier: string | null;
                what: string;
            }[];
            safety: {
                answers: {
                    /** @enum {string} */
                    answer: "yes" | "no" | "not_applicable";
                    /** Format: date-time */
                    at: string;
                    byName: string | null;
                    item: string;
                    list: string;
                    photo: {
                        /** Format: uuid */
                        id: string;
                    } | null;
                    words: string | null;
                }[];
                lists: {
                    code: string;
                    isFromMemory: boolean;
                    items: {
                        code: string;
                        en: string;
                        mayNotApply: boolean;
                        needsPhoto: boolean;
                        zh: string;
                    }[];
                    nameEn: string;
                    nameZh: string;
                    source: string;
                    /** Format: date */
                    validFrom: string;
                }[];
                /** @enum {string} */
                state: "none" | "needed" | "passed" | "stopped";
            } | null;
            timeZone: string;
            version: number;
            visits: {
                /** Format: date-time */
                cancelledAt: string | null;
                /** Format: date-time */
                doneAt: string | null;
                doneWords: string | null;
                /** Format: uuid */
                id: string;
                leftWords: string | null;
                /** Format: date-time */
                plannedFrom: string;
                /** Format: date-time */
                plannedTo: string;
                position: number;
                purpose: string;
            }[];
            warranty: {
                /** Format: date */
                finishedOn: string;
                number: string;
                /** Format: uuid */
                orderId: string;
                /** Format: date */
                until: string;
            } | null;
        };
        /** ListColumns */
        ListColumns: {
            columns: {
                /** @enum {string} */
                name: "number" | "matter" | "scope" | "place" | "status" | "priority" | "assignee" | "due" | "urges" | "created";
                width: number | null;
            }[];
        };
        /** ListEntry */
        ListEntry: {
            answer: string | null;
            answeredAt: string | null;
            answeredByName: string | null;
            appeal: string | null;
            appealedAt: string | null;
            /** @enum {unknown} */
            appealState: "none" | "open" | "upheld" | "rejected";
            authority: string;
            authorName: string;
            documentNo: string | null;
            /** Format: date-time */
            endsAt: string;
            /** Format: uuid */
            id: string;
            isOwn: boolean;
            /** @enum {unknown} */
            kind: "deny" | "watch" | "isolation";
            liftedAt: string | null;
            liftReason: string | null;
            reason: string;
            /** Format: uuid */
            scopeId: string;
            /** Format: date-time */
            startsAt: string;
            /** @enum {unknown} */
            state: "coming" | "standing" | "over" | "lifted";
            subject: string;
            /** @enum {unknown} */
            subjectKind: "pass" | "person" | "household" | "plate";
            version: number;
        };
        /** Measure */
        Measure: {
            answerHoldsMinutes: number;
            answerWithinMilliseconds: number;
            authority: string;
            buildingId: string | null;
            buildingName: string | null;
            checks: {
                capacity?: {
                    most: number;
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                };
                health_code?: {
                    entryDays: number;
                    /** @enum {string} */
                    popup: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    red: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    when: "in" | "out" | "both";
                    /** @enum {string} */
                    yellow: "pass_report" | "refer" | "refuse";
                };
                list?: {
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                };
                mask?: {
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    when: "in" | "out" | "both";
                };
                temperature?: {
                    /** @enum {string} */
                    counts: "at_limit" | "above_limit";
                    limitTenths: number;
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    when: "in" | "out" | "both";
                };
                test?: {
                    /** @enum {string} */
                    from: "sampling" | "result";
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    when: "in" | "out" | "both";
                    withinHours: number;
                };
                travel?: {
                    levels: ("high" | "medium" | "low")[];
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    when: "in" | "out" | "both";
                    withinDays: number;
                };
                vaccination?: {
                    doses: number;
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                    /** @enum {string} */
                    when: "in" | "out" | "both";
                };
                vehicle?: {
                    /** @enum {string} */
                    otherwise: "pass_report" | "refer" | "refuse";
                };
            };
            documentNo: string;
            endedByName: string | null;
            endReason: string | null;
            /** Format: date-time */
            endsAt: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            keptUntil: string;
            name: string;
            onNoAnswer: {
                /** @enum {string} */
                kind: "last_known";
                maxAgeMinutes: number;
            } | {
                /** @enum {string} */
                kind: "refer";
            } | {
                /** @enum {string} */
                kind: "pass";
            };
            retentionDays: number;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** Format: date-time */
            startsAt: string;
            /** @enum {string} */
            state: "planned" | "in_force" | "over" | "wiped";
            version: number;
            wipedAt: string | null;
        };
        /** Measures */
        Measures: {
            items: components["schemas"]["Measure"][];
            mayOrder: boolean;
        };
        /** MessageSettings */
        MessageSettings: {
            available: {
                address: string | null;
                /** @enum {unknown} */
                channel: "sms" | "wechat" | "work_chat" | "mail";
                /** @description Nothing to type: the account there answers with a link to here */
                isByLink: boolean;
                isConfirmed: boolean;
                needsAddress: boolean;
            }[];
            /** @description In the order they are tried */
            channels: ("sms" | "wechat" | "work_chat" | "mail")[];
            isNewsWanted: boolean;
            quietFrom: number;
            quietTo: number;
        };
        /** ModeChange */
        ModeChange: {
            categoryCode: string | null;
            expectedVersion: number;
            reason: string;
            /** Format: uuid */
            scopeId: string;
            startsOn: string | null;
            value: ("by_hand" | "in_turn" | "grab" | "automatic") | null;
        };
        /** NewCallbackRules */
        NewCallbackRules: {
            categoryCode: string | null;
            expectedVersion: number;
            reason: string;
            /** @description what is left out is not called about */
            rules: {
                all?: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
                emergency?: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
                sample?: {
                    attempts: number;
                    delayHours: number;
                    percent: number;
                    retryHours: number;
                };
                unanswered: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
                unsatisfied?: {
                    attempts: number;
                    delayHours: number;
                    retryHours: number;
                };
            } | null;
            /** Format: uuid */
            scopeId: string;
            /** Format: date */
            validFrom: string;
        };
        /** NewCallbackScript */
        NewCallbackScript: {
            expectedVersion: number;
            questions: components["schemas"]["CallbackQuestion"][];
            /** Format: uuid */
            scopeId: string;
        };
        /** NewConsent */
        NewConsent: {
            delegate: {
                name: string;
                phone: string;
            };
            endsOn: string;
            /** Format: uuid */
            householdId: string;
            /** @enum {string} */
            kinship: "child" | "parent" | "spouse" | "relative" | "carer" | "friend";
            purposes: ("follow" | "report" | "confirm" | "pay")[];
            /** Format: uuid */
            scopeId: string;
        };
        /** NewGoodsSlip */
        NewGoodsSlip: {
            carriedBy?: string;
            /** Format: uuid */
            householdId: string;
            items: {
                count: number;
                what: string;
            }[];
            plate?: string;
            /** Format: uuid */
            scopeId: string;
            /** Format: date-time */
            validFrom: string;
            /** Format: date-time */
            validTo: string;
        };
        /** NewHeatingVisit */
        NewHeatingVisit: {
            /** Format: uuid */
            householdId: string;
            /** Format: date-time */
            measuredAt: string;
            note?: string;
            residentSignature?: {
                /** Format: uuid */
                fileId: string;
                /** @enum {string} */
                how: "drawn";
            } | {
                /** @enum {string} */
                how: "spoken";
                name: string;
            };
            rooms: {
                celsius: number;
                room: string;
            }[];
            /** Format: uuid */
            scopeId: string;
            staffSignature: {
                /** Format: uuid */
                fileId: string;
                /** @enum {string} */
                how: "drawn";
            } | {
                /** @enum {string} */
                how: "spoken";
                name: string;
            };
            unsignedReason?: string;
        };
        /** NewHotlineCase */
        NewHotlineCase: {
            callerName?: string;
            callerPhone?: string;
            compound?: string;
            description: string;
            /** Format: date-time */
            dueAt?: string;
            isConfidential?: boolean;
            number: string;
            placeText?: string;
            /** Format: date-time */
            receivedAt: string;
            repeatOf?: string;
            topic?: string;
            /** @enum {string} */
            urgency?: "danger" | "utility" | "ordinary" | "complex";
        };
        /** NewInvitation */
        NewInvitation: {
            bornOn?: string;
            entries?: number;
            hours?: {
                days: number[];
                fromMinute: number;
                toMinute: number;
            }[];
            /** Format: uuid */
            householdId: string;
            /** @enum {unknown} */
            kind: "visitor" | "courier" | "delivery" | "helper" | "minor";
            name: string;
            phone?: string;
            plate?: string;
            /** Format: uuid */
            scopeId: string;
            /** Format: date-time */
            validFrom: string;
            /** Format: date-time */
            validTo?: string;
        };
        /** NewListEntry */
        NewListEntry: {
            authority: string;
            documentNo?: string;
            /** Format: date-time */
            endsAt: string;
            /** Format: uuid */
            householdId?: string;
            /** @enum {unknown} */
            kind: "deny" | "watch" | "isolation";
            /** Format: uuid */
            passId?: string;
            /** Format: uuid */
            personId?: string;
            plate?: string;
            /** Format: uuid */
            policyId?: string;
            reason: string;
            /** Format: uuid */
            scopeId: string;
        };
        /** NewParcel */
        NewParcel: {
            carrier: string;
            /** Format: uuid */
            householdId: string;
            /** Format: uuid */
            scopeId: string;
            shelf: string;
            tail?: string;
        };
        /** NewPass */
        NewPass: {
            authority?: string;
            bornOn?: string;
            buildingIds?: string[];
            card?: string;
            entries?: number;
            hours?: {
                days: number[];
                fromMinute: number;
                toMinute: number;
            }[];
            /** Format: uuid */
            householdId?: string;
            /** @enum {unknown} */
            kind: "visitor" | "courier" | "delivery" | "helper" | "contractor" | "staff" | "vehicle" | "card" | "minor";
            name?: string;
            permitNumber?: string;
            /** Format: uuid */
            personId?: string;
            phone?: string;
            plate?: string;
            /** Format: uuid */
            scopeId: string;
            /** Format: date-time */
            validFrom: string;
            /** Format: date-time */
            validTo?: string;
            /** @enum {unknown} */
            vehicleKind?: "resident" | "monthly" | "visitor" | "temporary";
        };
        /** NewPrice */
        NewPrice: {
            code?: string;
            expectedVersion: number;
            isWithdrawn?: boolean;
            /** @enum {string} */
            kind: "material" | "labour";
            name: string;
            /** @description yuan, at most two decimals */
            price: string;
            /** Format: uuid */
            scopeId: string;
            unit: string;
            /** Format: date */
            validFrom: string;
            warrantyMonths: number;
        };
        /** NewRecordedConsent */
        NewRecordedConsent: {
            delegate: {
                name: string;
                phone: string;
            };
            endsOn: string;
            given: {
                /** @enum {string} */
                by: "signature";
                /** Format: uuid */
                fileId: string;
                note?: string;
            } | {
                /** @enum {string} */
                by: "call";
                /** Format: date-time */
                calledAt: string;
                note: string;
            };
            /** Format: uuid */
            householdId: string;
            /** @enum {string} */
            kinship: "child" | "parent" | "spouse" | "relative" | "carer" | "friend";
            /** Format: uuid */
            personId: string;
            purposes: ("follow" | "report" | "confirm" | "pay")[];
            /** Format: uuid */
            scopeId: string;
        };
        /** NewWorkOrder */
        NewWorkOrder: {
            about?: {
                /** Format: uuid */
                workOrderId: string;
            } | {
                /** Format: uuid */
                accountId: string;
            };
            categoryCode: string;
            contact?: {
                name: string;
                phone: string;
            };
            description: string;
            hasSeveral?: boolean;
            isPublic?: boolean;
            /** Format: date-time */
            neededBy?: string;
            photoIds?: string[];
            place: {
                /** Format: uuid */
                householdId: string;
                /** @enum {string} */
                type: "home";
            } | {
                /** Format: uuid */
                buildingId?: string;
                /** Format: uuid */
                facilityId?: string;
                spot?: string;
                /** @enum {string} */
                type: "public";
            };
            /** Format: uuid */
            scopeId: string;
            /** Format: uuid */
            voiceId?: string;
            windows?: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            }[];
        };
        /** Note */
        Note: {
            /** Format: date-time */
            at: string;
            authorName: string;
            /** Format: uuid */
            id: string;
            isMine: boolean;
            isPinned: boolean;
            /** @enum {string} */
            subject: "order" | "household";
            /** Format: uuid */
            subjectId: string;
            text: string;
        };
        /** OfferCountdowns */
        OfferCountdowns: {
            emergencySeconds: number;
            grabSeconds: number;
            turnSeconds: number;
        };
        /** OffersChange */
        OffersChange: {
            expectedVersion: number;
            reason: string;
            /** Format: uuid */
            scopeId: string;
            startsOn: string | null;
            value: components["schemas"]["OfferCountdowns"] | null;
        };
        /** OnTimeReport */
        OnTimeReport: {
            rows: {
                /** @description had a deadline and are decided: resolved, or already late */
                dueTotal: number;
                /** @description category code, YYYY-MM, or scope id */
                key: string;
                /** @description name of the category (Chinese), the month, or name of the place */
                label: string;
                /** @description the same in English where there is one */
                labelEn: string;
                late: number;
                onTime: number;
                open: number;
                /** @description onTime / dueTotal; null where nothing is decided */
                rate: number | null;
                total: number;
            }[];
            totals: {
                /** @description had a deadline and are decided: resolved, or already late */
                dueTotal: number;
                late: number;
                onTime: number;
                open: number;
                /** @description onTime / dueTotal; null where nothing is decided */
                rate: number | null;
                total: number;
            };
        };
        /** Open311Attribute */
        Open311Attribute: {
            code: string;
            /** @enum {string} */
            datatype: "string" | "number" | "datetime" | "text" | "singlevaluelist" | "multivaluelist";
            en: string;
            hintEn: string;
            hintZh: string;
            isInput: boolean;
            isRequired: boolean;
            values: {
                en: string;
                key: string;
                zh: string;
            }[];
            zh: string;
        };
        /** Open311Client */
        Open311Client: {
            /** Format: date-time */
            createdAt: string;
            createdByName: string;
            /** Format: uuid */
            id: string;
            mayReport: boolean;
            mayUpdate: boolean;
            name: string;
            perMinute: number;
            reports: number;
            revokedAt: string | null;
        };
        /** Open311ClientBody */
        Open311ClientBody: {
            mayReport: boolean;
            mayUpdate: boolean;
            name: string;
            perMinute: number;
        };
        /** Open311Clients */
        Open311Clients: {
            items: components["schemas"]["Open311Client"][];
        };
        /** Open311NewClient */
        Open311NewClient: {
            /** Format: date-time */
            createdAt: string;
            createdByName: string;
            /** Format: uuid */
            id: string;
            /** @description Shown once; only its hash is kept */
            key: string;
            mayReport: boolean;
            mayUpdate: boolean;
            name: string;
            perMinute: number;
            revokedAt: string | null;
        };
        /** Open311Publication */
        Open311Publication: {
            address: string | null;
            approvedAt: string | null;
            approvedByName: string | null;
            hiddenBecause: ("not_offered" | "not_shared" | "pending") | null;
            isPublic: boolean;
            publicText: string | null;
            requestId: string | null;
            status: ("open" | "closed") | null;
            submission: {
                addressId: string | null;
                addressString: string | null;
                clientName: string;
                latitude: number | null;
                longitude: number | null;
                mediaUrls: string[];
                /** Format: date-time */
                receivedAt: string;
                sender: string | null;
            } | null;
            updates: {
                clientName: string;
                mediaUrls: string[];
                /** Format: date-time */
                receivedAt: string;
                sender: string | null;
                status: string | null;
            }[];
            version: number;
            word: string | null;
        };
        /** Open311PublicationBody */
        Open311PublicationBody: {
            expectedVersion: number;
            publicText: string | null;
        };
        /** Open311Sender */
        Open311Sender: {
            email: string | null;
            name: string | null;
            phone: string | null;
        };
        /** Open311Service */
        Open311Service: {
            attributes: components["schemas"]["Open311Attribute"][];
            changedAt: string | null;
            changedByName: string | null;
            code: string;
            descriptionEn: string;
            descriptionZh: string;
            group: string;
            isPublished: boolean;
            nameEn: string;
            nameZh: string;
            version: number;
        };
        /** Open311ServiceBody */
        Open311ServiceBody: {
            attributes: components["schemas"]["Open311Attribute"][];
            descriptionEn: string;
            descriptionZh: string;
            expectedVersion: number;
            isPublished: boolean;
        };
        /** Open311Services */
        Open311Services: {
            endpoint: string;
            items: components["schemas"]["Open311Service"][];
            jurisdictionId: string | null;
        };
        /** OpenOffer */
        OpenOffer: {
            arriveDueAt: string | null;
            categoryNameEn: string;
            categoryNameZh: string;
            description: string;
            /** Format: date-time */
            expiresAt: string;
            isEmergency: boolean;
            /** @enum {string} */
            mode: "by_hand" | "in_turn" | "grab" | "automatic";
            number: string;
            /** Format: date-time */
            offeredAt: string;
            /** Format: uuid */
            orderId: string;
            placeLabel: string;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            travelMinutes: number | null;
        };
        /** OwnData */
        OwnData: {
            account: {
                displayName: string;
                /** Format: uuid */
                id: string;
                locale: string;
                memberships: {
                    place: string;
                    role: string;
                }[];
                phone: string | null;
            };
            places: components["schemas"]["PersonData"][];
        };
        /** OwnPassage */
        OwnPassage: {
            counts: {
                parcels: number;
                slips: number;
                visitors: number;
            };
            keys: {
                mark: string | null;
                /** Format: uuid */
                passId: string;
            }[];
            /** Format: date-time */
            now: string;
            passes: components["schemas"]["Pass"][];
            rules: {
                aheadDays: number;
                goodsSlipHours: number;
                helperDays: number;
                slotMinutes: number;
                visitorEntries: number;
                visitorHours: number;
            };
            timeZone: string;
        };
        /** OwnPatrolRounds */
        OwnPatrolRounds: {
            items: components["schemas"]["PatrolRound"][];
        };
        /** OwnPhoneCall */
        OwnPhoneCall: {
            answeredAt: string | null;
            /** Format: date-time */
            beganAt: string;
            /** @enum {string} */
            direction: "in" | "out";
            endedAt: string | null;
            extension: string | null;
            /** Format: uuid */
            id: string;
            number: string | null;
            numberMasked: string | null;
            queue: string | null;
            /** @enum {string} */
            state: "waiting" | "ringing" | "talking" | "ended" | "missed" | "lost";
        };
        /**
         * OwnRatings
         * @description null: too few to say anything
         */
        OwnRatings: {
            least: number;
            spans: {
                days: number;
                /** @description jobs finished since then, confidential ones left out */
                done: number;
                /** Format: date */
                from: string;
                manner: {
                    basicallySatisfied: number;
                    satisfied: number;
                    unsatisfied: number;
                } | null;
                overall: {
                    basicallySatisfied: number;
                    satisfied: number;
                    unsatisfied: number;
                } | null;
                quality: {
                    basicallySatisfied: number;
                    satisfied: number;
                    unsatisfied: number;
                } | null;
                rated: number;
                speed: {
                    basicallySatisfied: number;
                    satisfied: number;
                    unsatisfied: number;
                } | null;
            }[];
        };
        /** OwnShifts */
        OwnShifts: {
            /** @enum {string} */
            duty: "on" | "standby" | "off" | "away" | "unplanned";
            nextFrom: string | null;
            spans: components["schemas"]["ShiftSpan"][];
            timeZone: string;
            until: string | null;
        };
        /** Parcel */
        Parcel: {
            /** Format: date-time */
            arrivedAt: string;
            carrier: string;
            code: string | null;
            endedAt: string | null;
            endedByName: string | null;
            /** Format: uuid */
            householdId: string;
            householdLabel: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            scopeId: string;
            shelf: string;
            /** @enum {unknown} */
            state: "waiting" | "collected" | "returned";
            tail: string | null;
            version: number;
            waitedDays: number;
        };
        /** Pass */
        Pass: {
            authority: string | null;
            documentNo: string | null;
            entriesAllowed: number | null;
            entriesUsed: number;
            hasCard: boolean;
            hasPhone: boolean;
            hours: {
                days: number[];
                fromMinute: number;
                toMinute: number;
            }[];
            householdId: string | null;
            householdLabel: string | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            issuedAt: string;
            issuedByName: string | null;
            /** @enum {unknown} */
            kind: "resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card";
            name: string | null;
            phone: string | null;
            plate: string | null;
            reason: string | null;
            ref: string;
            /** Format: uuid */
            scopeId: string;
            /** @enum {unknown} */
            state: "coming" | "standing" | "used_up" | "over" | "suspended" | "revoked";
            /** @enum {unknown} */
            status: "active" | "suspended" | "revoked";
            /** Format: date-time */
            validFrom: string;
            validTo: string | null;
            vehicleKind: ("resident" | "monthly" | "visitor" | "temporary") | null;
            version: number;
        };
        /** Passage */
        Passage: {
            /** @enum {string} */
            decidedBy: "server" | "offline" | "person";
            /** @enum {string} */
            direction: "in" | "out";
            /** Format: uuid */
            gateId: string;
            /** Format: date-time */
            happenedAt: string;
            home: string | null;
            /** Format: uuid */
            id: string;
            isErased: boolean;
            latencyUs: number;
            name: string | null;
            /** @enum {string} */
            outcome: "pass" | "pass_report" | "refer" | "refuse";
            overrideOf: string | null;
            overriders: ("guard" | "desk" | "manager" | "committee" | "street")[];
            passId: string | null;
            passKind: ("resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card") | null;
            reason: string | null;
            /** Format: date-time */
            recordedAt: string;
            sentence: components["schemas"]["Sentence"] | null;
            seq: number;
            urgent: ("birth" | "dialysis" | "oxygen" | "ambulance" | "fire" | "rescue") | null;
            way: ("code" | "visitor_code" | "six_digits" | "card" | "plate" | "spoken" | "none") | null;
        };
        /** Passages */
        Passages: {
            items: components["schemas"]["Passage"][];
            nextCursor: string | null;
        };
        /** PatrolCheck */
        PatrolCheck: {
            /** Format: uuid */
            checkpointId: string;
            doneAt: string | null;
            doneByName: string | null;
            facilityId: string | null;
            how: ("scanned" | "ticked") | null;
            label: string;
            minutes: number;
            note: string | null;
            order: {
                /** Format: uuid */
                id: string;
                number: string;
            } | null;
            placeLabel: string;
            result: ("well" | "finding") | null;
            spot: string;
            /** @enum {string} */
            state: "open" | "done" | "missed" | "spared";
        };
        /** PatrolCheckpoint */
        PatrolCheckpoint: {
            categoryCode: string;
            device: {
                /** Format: uuid */
                id: string;
                isWatching: boolean;
                /** @enum {string} */
                kind: "water" | "lift" | "pump" | "gate" | "smoke" | "thermometer" | "meter" | "gateway";
                label: string;
            } | null;
            everyRounds: number;
            facilityId: string | null;
            /** Format: uuid */
            id: string;
            label: string;
            lowering: {
                everyRounds: number;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                state: "proposed" | "approved" | "suspended" | "declined" | "ended";
                untilOn: string;
            } | null;
            minutes: number;
            placeLabel: string;
            position: number;
            spot: string;
            version: number;
        };
        /** PatrolFreed */
        PatrolFreed: {
            from: string;
            plannedHours: number;
            sparedChecks: number;
            sparedHours: number;
            to: string;
            weeks: {
                plannedHours: number;
                sparedChecks: number;
                sparedHours: number;
                week: string;
            }[];
        };
        /** PatrolFrequencies */
        PatrolFrequencies: {
            items: {
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                cause: "begun" | "approved" | "silent" | "heard" | "expired" | "retired" | "unwatched" | "withdrawn";
                changedByName: string | null;
                everyRounds: number;
            }[];
        };
        /** PatrolLowering */
        PatrolLowering: {
            /** Format: uuid */
            checkpointId: string;
            checkpointLabel: string;
            decidedAt: string | null;
            decidedByName: string | null;
            decidedWords: string | null;
            deviceLabel: string | null;
            ended: ("expired" | "retired" | "unwatched" | "withdrawn") | null;
            endedAt: string | null;
            everyRounds: number;
            /** Format: uuid */
            id: string;
            mayDecide: boolean;
            mayWithdraw: boolean;
            /** Format: date-time */
            proposedAt: string;
            proposedByName: string;
            reason: string;
            routeLabel: string;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "suspended" | "declined" | "ended";
            untilOn: string;
            version: number;
        };
        /** PatrolLowerings */
        PatrolLowerings: {
            items: components["schemas"]["PatrolLowering"][];
        };
        /** PatrolRound */
        PatrolRound: {
            checks: components["schemas"]["PatrolCheck"][];
            /** Format: date-time */
            closesAt: string;
            doneAt: string | null;
            /** Format: date-time */
            dueAt: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            opensAt: string;
            /** Format: uuid */
            routeId: string;
            routeLabel: string;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** @enum {string} */
            state: "open" | "late" | "done" | "done_late" | "missed" | "spared";
        };
        /** PatrolRounds */
        PatrolRounds: {
            items: components["schemas"]["PatrolRound"][];
            nextCursor: string | null;
        };
        /** PatrolRoute */
        PatrolRoute: {
            checkpoints: components["schemas"]["PatrolCheckpoint"][];
            /** Format: uuid */
            id: string;
            label: string;
            nextAt: string | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            timetable: {
                changedByName: string;
                everyDays: number;
                reason: string;
                times: number[];
                validFrom: string;
                version: number;
                withinMinutes: number;
            } | null;
            upcoming: {
                changedByName: string;
                everyDays: number;
                reason: string;
                times: number[];
                validFrom: string;
                version: number;
                withinMinutes: number;
            }[];
            version: number;
        };
        /** PatrolRoutes */
        PatrolRoutes: {
            items: components["schemas"]["PatrolRoute"][];
            nextCursor: string | null;
        };
        /** PeopleExportBody */
        PeopleExportBody: {
            /** @enum {string} */
            format: "xlsx" | "csv";
            /** @enum {string} */
            locale: "zh-CN" | "en";
            /** @enum {string} */
            purpose: "callback" | "visit" | "clarify" | "verify_identity" | "correct_record" | "emergency" | "authority" | "export" | "other";
            words: string;
        };
        /** PersonalReason */
        PersonalReason: {
            words: string;
        };
        /** PersonCorrected */
        PersonCorrected: {
            /** Format: uuid */
            id: string;
            version: number;
        };
        /** PersonData */
        PersonData: {
            consents: {
                /** Format: date */
                endsOn: string;
                /** Format: date-time */
                givenAt: string;
                /** Format: uuid */
                id: string;
                otherMasked: string;
                purposes: string[];
                revokedAt: string | null;
                /** @enum {string} */
                side: "given" | "held";
                /** Format: date */
                startsOn: string;
            }[];
            looks: {
                /** Format: date-time */
                at: string;
                organisation: string;
                purpose: string;
                role: string;
                words: string | null;
            }[];
            person: {
                /** Format: date-time */
                enteredAt: string;
                /** Format: uuid */
                id: string;
                name: string;
                phone: string | null;
            };
            relations: {
                endsOn: string | null;
                household: string;
                relation: string;
                /** Format: date */
                startsOn: string;
            }[];
            reported: {
                categoryCode: string;
                closedAt: string | null;
                /** Format: date-time */
                createdAt: string;
                description: string;
                /** Format: uuid */
                id: string;
                number: string;
                placeLabel: string;
                rating: string | null;
                ratingWords: string | null;
                status: string;
            }[];
            said: {
                /** Format: date-time */
                at: string;
                kind: string;
                /** Format: uuid */
                orderId: string;
                text: string | null;
            }[];
            scope: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            uploaded: {
                /** Format: date-time */
                createdAt: string;
                /** Format: uuid */
                id: string;
                mediaType: string;
                orderId: string | null;
            }[];
        };
        /** PersonDetail */
        PersonDetail: {
            /** Format: date-time */
            createdAt: string;
            hasAccount: boolean;
            /** Format: uuid */
            id: string;
            isErased: boolean;
            /** @description Empty when the person was erased */
            nameMasked: string;
            phoneMasked: string | null;
            relations: {
                /** @description The first day on which it no longer holds */
                endsOn: string | null;
                /** Format: uuid */
                householdId: string;
                label: string;
                /** Format: uuid */
                occupancyId: string;
                /** @enum {string} */
                relation: "owner" | "tenant" | "family";
                /** Format: date */
                startsOn: string;
                /** @enum {string} */
                state: "current" | "past" | "coming";
            }[];
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            version: number;
        };
        /** PersonItem */
        PersonItem: {
            hasAccount: boolean;
            homes: {
                /** @description The first day on which it no longer holds */
                endsOn: string | null;
                /** Format: uuid */
                householdId: string;
                label: string;
                /** Format: uuid */
                occupancyId: string;
                /** @enum {string} */
                relation: "owner" | "tenant" | "family";
                /** Format: date */
                startsOn: string;
                /** @enum {string} */
                state: "current" | "past" | "coming";
            }[];
            /** Format: uuid */
            id: string;
            isErased: boolean;
            /** @description Empty when the person was erased */
            nameMasked: string;
            phoneMasked: string | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
        };
        /** PhoneCall */
        PhoneCall: {
            answeredAt: string | null;
            /** Format: date-time */
            beganAt: string;
            /** @enum {string} */
            direction: "in" | "out";
            endedAt: string | null;
            extension: string | null;
            /** Format: uuid */
            id: string;
            numberMasked: string | null;
            queue: string | null;
            /** @enum {string} */
            state: "waiting" | "ringing" | "talking" | "ended" | "missed" | "lost";
        };
        /** PhoneDesk */
        PhoneDesk: {
            extension: string | null;
            hasLine: boolean;
            own: components["schemas"]["OwnPhoneCall"][];
            /** Format: uuid */
            scopeId: string;
            seats: {
                extension: string;
                isMine: boolean;
                name: string;
            }[];
            talking: number;
            toCallBack: number;
            waiting: components["schemas"]["PhoneCall"][];
        };
        /** PhoneKey */
        PhoneKey: {
            digits: string;
            mark: string;
            /** Format: uuid */
            passId: string;
            ref: string;
            /** Format: uuid */
            scopeId: string;
            secret: string;
            timeZone: string;
            version: number;
        };
        /** PhoneLine */
        PhoneLine: {
            heardAt: string | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            madeAt: string;
            madeName: string;
            name: string;
            revokedAt: string | null;
        };
        /** PhoneTask */
        PhoneTask: {
            attempts: number;
            claim: {
                isMine: boolean;
                name: string;
                /** Format: date-time */
                until: string;
            } | null;
            /** Format: date-time */
            firstMissedAt: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastMissedAt: string;
            missedCount: number;
            numberMasked: string;
        };
        /** PreventionProject */
        PreventionProject: {
            acceptedAt: string | null;
            actions: ("accept" | "decline" | "add_step" | "finish_step" | "drop_step" | "finish" | "take_up_again")[];
            buildingName: string | null;
            categoryNameEn: string | null;
            categoryNameZh: string | null;
            cause: string | null;
            closedAt: string | null;
            decidedAt: string | null;
            decidedByName: string | null;
            declineReason: string | null;
            doneAt: string | null;
            doneSteps: number;
            effect: {
                after: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                };
                afterCount: number;
                avoided: number;
                /** @enum {string} */
                basis: "last_year" | "weeks_before";
                before: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                };
                beforeCount: number;
                expected: number;
                least: number;
                most: number;
            } | null;
            facilityLabel: string | null;
            /** Format: date-time */
            firstAt: string;
            /** Format: uuid */
            id: string;
            isStepLate: boolean;
            /** @description Stands out from what is usual */
            isStrong: boolean;
            nextDueOn: string | null;
            openSteps: number;
            orderCount: number;
            orders: {
                categoryNameEn: string;
                categoryNameZh: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: uuid */
                id: string;
                isLate: boolean;
                number: string;
                placeLabel: string;
                status: string;
            }[];
            /** Format: date-time */
            proposedAt: string;
            reasons: {
                /** @enum {string} */
                code: "same_facility" | "same_place" | "spread" | "alike" | "alike_newest" | "rising" | "among_like" | "hotline";
                params: {
                    [key: string]: number;
                };
            }[];
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            /** @enum {string} */
            state: "proposed" | "accepted" | "declined" | "watched" | "closed";
            steps: {
                dueOn: string;
                endedAt: string | null;
                isLate: boolean;
                no: number;
                note: string | null;
                ownerName: string;
                /** @enum {string} */
                state: "open" | "done" | "dropped";
                what: string;
            }[];
            story: {
                actorName: string | null;
                /** Format: date-time */
                at: string;
                /** Format: uuid */
                id: string;
                kind: string;
                params: {
                    [key: string]: unknown;
                };
            }[];
            /** @enum {string} */
            subjectKind: "facility" | "building" | "compound";
            version: number;
            watchUntil: string | null;
            /** @description How many in each week, the oldest first */
            weeks: number[];
            workDone: string | null;
        };
        /** PreventionProjects */
        PreventionProjects: {
            avoided: number;
            counts: {
                accepted: number;
                closed: number;
                declined: number;
                proposed: number;
                watched: number;
            };
            falseAlarms: number;
            items: {
                buildingName: string | null;
                categoryNameEn: string | null;
                categoryNameZh: string | null;
                doneSteps: number;
                effect: {
                    after: {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        until: string;
                    };
                    afterCount: number;
                    avoided: number;
                    /** @enum {string} */
                    basis: "last_year" | "weeks_before";
                    before: {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        until: string;
                    };
                    beforeCount: number;
                    expected: number;
                    least: number;
                    most: number;
                } | null;
                facilityLabel: string | null;
                /** Format: date-time */
                firstAt: string;
                /** Format: uuid */
                id: string;
                isStepLate: boolean;
                /** @description Stands out from what is usual */
                isStrong: boolean;
                nextDueOn: string | null;
                openSteps: number;
                orderCount: number;
                /** Format: date-time */
                proposedAt: string;
                reasons: {
                    /** @enum {string} */
                    code: "same_facility" | "same_place" | "spread" | "alike" | "alike_newest" | "rising" | "among_like" | "hotline";
                    params: {
                        [key: string]: number;
                    };
                }[];
                /** Format: uuid */
                scopeId: string;
                scopeName: string;
                /** @enum {string} */
                state: "proposed" | "accepted" | "declined" | "watched" | "closed";
                /** @enum {string} */
                subjectKind: "facility" | "building" | "compound";
                version: number;
                /** @description How many in each week, the oldest first */
                weeks: number[];
            }[];
            measured: number;
            most: number;
            nextCursor: string | null;
            weak: number;
        };
        /** PreventionRisks */
        PreventionRisks: {
            grids: {
                code: string;
                gridId: string | null;
                name: string;
                risks: {
                    buildingName: string | null;
                    categoryNameEn: string;
                    categoryNameZh: string;
                    /** @description That any comes */
                    chance: number;
                    /** @description How many in the next four weeks */
                    expected: number;
                    facilityLabel: string | null;
                    late: number;
                    open: number;
                    reasons: {
                        /** @enum {string} */
                        code: "repeated" | "rising" | "season" | "late";
                        params: {
                            [key: string]: number;
                        };
                    }[];
                    weeks: number[];
                }[];
                stewardName: string | null;
            }[];
            past: {
                came: number;
                listed: number;
            } | null;
        };
        /** Price */
        Price: {
            code: string;
            /** Format: uuid */
            id: string;
            isInForce: boolean;
            isWithdrawn: boolean;
            /** @enum {string} */
            kind: "material" | "labour";
            name: string;
            price: string;
            /** Format: uuid */
            scopeId: string;
            /** @enum {string} */
            scopeKind: "company" | "department";
            unit: string;
            /** Format: date */
            validFrom: string;
            version: number;
            warrantyMonths: number;
            /** Format: date-time */
            writtenAt: string | null;
            writtenName: string | null;
        };
        /** Problem */
        Problem: {
            /** @description Stable; its sentence in each language is errors.<code> in packages/i18n */
            code: string;
            detail: string;
            fields?: {
                code: string;
                params: {
                    [key: string]: unknown;
                };
                path: string;
            }[];
            instance: string;
            params: {
                [key: string]: unknown;
            };
            status: number;
            title: string;
            traceId: string;
            type: string;
        };
        /** QueueCounts */
        QueueCounts: {
            callback: number;
            disputed: number;
            dueHour: number;
            late: number;
            open: number;
            unassigned: number;
            waitingResident: number;
        };
        /** RankedCandidate */
        RankedCandidate: {
            /** Format: uuid */
            accountId: string;
            displayName: string;
            /** @enum {string} */
            duty: "on" | "standby" | "off" | "away" | "unplanned";
            exclusions: components["schemas"]["RankExclusion"][];
            hasSkill: boolean;
            mayBeSent: boolean;
            minutes: number;
            openOrders: number;
            rank: number | null;
            reasons: components["schemas"]["RankReason"][];
            role: string;
            skills: string[];
            title: string;
        };
        /** RankExclusion */
        RankExclusion: {
            /** @enum {string} */
            code: "off_shift" | "away" | "standby_only" | "skill_missing" | "certificate_lapsed" | "other_area" | "declined" | "accused" | "manager_only";
            nextFrom?: string | null;
            skill?: string;
            /** Format: date */
            validUntil?: string;
        };
        /** RankReason */
        RankReason: {
            /** @enum {string} */
            code: "on_shift" | "standby" | "unplanned" | "skill" | "travel" | "load" | "emergency" | "taken" | "own_grid" | "other_grid";
            count?: number;
            /** @enum {string} */
            from?: "phone" | "last_order" | "unknown";
            mean?: number;
            minutes?: number;
            skill?: string;
            until?: string | null;
            validUntil?: string | null;
        };
        /** Receiver */
        Receiver: {
            code: string;
            hours: string;
            isActive: boolean;
            /** @enum {string} */
            kind: "water" | "power" | "gas" | "heating" | "telecom" | "police" | "fire" | "medical" | "city" | "street" | "other";
            nameEn: string;
            nameZh: string;
            phone: string;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            version: number;
        };
        /** ResidenceCommand */
        ResidenceCommand: {
            /** @enum {string} */
            action: "move_in";
            /** Format: date */
            endsOn?: string;
            expectedVersion: number;
            person: {
                /** Format: uuid */
                id: string;
            } | {
                name: string;
                phone: string | null;
            };
            /** @enum {string} */
            relation: "owner" | "tenant" | "family";
            /** Format: date */
            startsOn: string;
        } | {
            /** @enum {string} */
            action: "move_out";
            /** Format: date */
            endsOn: string;
            expectedVersion: number;
            /** Format: uuid */
            occupancyId: string;
        } | {
            /** @enum {string} */
            action: "sell";
            buyer: {
                /** Format: uuid */
                id: string;
            } | {
                name: string;
                phone: string | null;
            };
            doTenantsStay: boolean;
            expectedVersion: number;
            /** Format: date */
            soldOn: string;
        } | {
            /** @enum {string} */
            action: "correct";
            expectedVersion: number;
            /** Format: uuid */
            occupancyId: string;
            reason: string;
        };
        /** RevealBody */
        RevealBody: {
            /** @enum {string} */
            purpose: "callback" | "visit" | "clarify" | "verify_identity" | "correct_record" | "emergency" | "authority" | "export" | "other";
            words?: string;
        };
        /** Revealed */
        Revealed: {
            name: string;
            phone: string | null;
        };
        /** Roster */
        Roster: {
            changes: {
                /** Format: uuid */
                accountId: string;
                /** Format: date-time */
                at: string;
                byName: string;
                from: string | null;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "off" | "leave" | "swap" | "overtime";
                onDate: string | null;
                reason: string;
                to: string | null;
                withAccountId: string | null;
            }[];
            compounds: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            days: number;
            /** Format: date */
            from: string;
            isKept: boolean;
            name: string;
            patterns: components["schemas"]["ShiftPattern"][];
            people: {
                /** Format: uuid */
                accountId: string;
                displayName: string;
                /** @enum {string} */
                duty: "on" | "standby" | "off" | "away" | "unplanned";
                minutes: number;
                nextFrom: string | null;
                role: string;
                skills: {
                    isValid: boolean;
                    skill: string;
                    validUntil: string | null;
                }[];
                spans: components["schemas"]["ShiftSpan"][];
                title: string;
                until: string | null;
            }[];
            rosters: {
                /** Format: uuid */
                accountId: string;
                compoundIds: string[];
                gridId: string | null;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "duty" | "standby";
                lastDay: string | null;
                /** Format: uuid */
                patternId: string;
                /** Format: date */
                startsOn: string;
            }[];
            /** Format: uuid */
            scopeId: string;
            timeZone: string;
        };
        /** SavedFilter */
        SavedFilter: {
            count: number;
            /** Format: uuid */
            id: string;
            isShared: boolean;
            name: string;
            position: number;
            query: components["schemas"]["FilterQuery"];
            version: number;
        };
        /** SensorReadings */
        SensorReadings: {
            readings: {
                at?: string;
                /** Format: uuid */
                device?: string;
                id: string;
                value: number | boolean;
            }[];
        };
        /** SensorReadingsTaken */
        SensorReadingsTaken: {
            results: {
                fault: ("malformed" | "too_large" | "field_unknown" | "id_invalid" | "value_invalid" | "value_out_of_range" | "time_invalid" | "nothing_measured" | "topic_foreign" | "retained" | "too_many") | null;
                id: string;
                isClockOff: boolean;
                /** @enum {string} */
                status: "stored" | "repeated" | "refused";
            }[];
        };
        /** SensorRule */
        SensorRule: {
            categoryCode: string;
            changedByName: string;
            clearForSeconds: number;
            code: string;
            condition: {
                clearAt: number;
                /** @enum {string} */
                is: "above";
                raiseAt: number;
            } | {
                clearAt: number;
                /** @enum {string} */
                is: "below";
                raiseAt: number;
            } | {
                afterSeconds: number;
                goneAfterSeconds: number;
                /** @enum {string} */
                is: "silent";
            };
            forSeconds: number;
            isActive: boolean;
            /** @enum {string} */
            kind: "water" | "lift" | "pump" | "gate" | "smoke" | "thermometer" | "meter" | "gateway";
            /** @enum {string} */
            level: "compound" | "company" | "street" | "city" | "base";
            ownVersion: number;
            quiet: {
                from: number;
                to: number;
            } | null;
            restSeconds: number;
            source: string;
            validFrom: string | null;
        };
        /** SensorRules */
        SensorRules: {
            earliest: string;
            items: components["schemas"]["SensorRule"][];
            mayEdit: boolean;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            upcoming: components["schemas"]["SensorRule"][];
        };
        /** Sentence */
        Sentence: {
            en: string;
            "zh-CN": string;
        };
        /** ShiftColumns */
        ShiftColumns: {
            date?: string;
            name?: string;
            phone?: string;
            shift?: string;
        };
        /** ShiftFileList */
        ShiftFileList: {
            items: {
                faults: {
                    /** @enum {string} */
                    code: "required" | "unreadable" | "person_unknown" | "person_twice" | "person_other" | "not_employed" | "date_invalid" | "date_past" | "date_far" | "shift_unknown" | "shift_varies" | "twice_in_file" | "overlaps_in_file" | "already_on" | "on_leave" | "day_off" | "has_shift";
                    /** @enum {string} */
                    field: "name" | "phone" | "date" | "shift";
                    line: number;
                    params: {
                        [key: string]: string | number;
                    };
                }[];
                /** @description days on which somebody is free */
                free: number;
                /** Format: uuid */
                id: string;
                /** @description planned already with the same hours */
                known: number;
                name: string;
                rows: number;
                /** Format: date-time */
                sentAt: string;
                sentName: string;
                taken: number;
                withdrawnAt: string | null;
                withdrawnName: string | null;
            }[];
        };
        /** ShiftFileResult */
        ShiftFileResult: {
            columns: components["schemas"]["ShiftColumns"];
            faults: {
                /** @enum {string} */
                code: "required" | "unreadable" | "person_unknown" | "person_twice" | "person_other" | "not_employed" | "date_invalid" | "date_past" | "date_far" | "shift_unknown" | "shift_varies" | "twice_in_file" | "overlaps_in_file" | "already_on" | "on_leave" | "day_off" | "has_shift";
                /** @enum {string} */
                field: "name" | "phone" | "date" | "shift";
                line: number;
                params: {
                    [key: string]: string | number;
                };
            }[];
            fileId: string | null;
            /** @description days on which somebody is free */
            free: number;
            /** @description planned already with the same hours */
            known: number;
            missing: ("name" | "phone" | "date" | "shift")[];
            rows: number;
            /** @description names of shifts that may stand in the file */
            shifts: string[];
            taken: number;
            titles: string[];
        };
        /** ShiftPattern */
        ShiftPattern: {
            /** Format: date */
            anchorOn: string;
            days: ({
                from: number;
                to: number;
            } | null)[];
            /** Format: uuid */
            id: string;
            isActive: boolean;
            name: string;
            version: number;
        };
        /** ShiftSpan */
        ShiftSpan: {
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            kind: "duty" | "standby" | "overtime";
            /** Format: date-time */
            to: string;
        };
        /** SimilarWorkOrder */
        SimilarWorkOrder: {
            categoryNameEn: string;
            categoryNameZh: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            isFollowed: boolean;
            isMine: boolean;
            neighbours: number;
            placeLabel: string;
            /** Format: uuid */
            scopeId: string;
            station: number;
            /** @enum {string} */
            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
        };
        /** SitePlan */
        SitePlan: {
            compounds: {
                buildings: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                    point: {
                        latitude: number;
                        longitude: number;
                    } | null;
                }[];
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            isCut: boolean;
            name: string;
            orders: {
                assigneeName: string | null;
                buildingId: string | null;
                categoryNameEn: string;
                categoryNameZh: string;
                /** Format: uuid */
                id: string;
                isEmergency: boolean;
                isLate: boolean;
                number: string;
                placeLabel: string;
                /** Format: uuid */
                scopeId: string;
                status: string;
            }[];
            people: {
                /** Format: uuid */
                accountId: string;
                buildingId: string | null;
                displayName: string;
                openOrders: number;
                point: {
                    latitude: number;
                    longitude: number;
                } | null;
            }[];
            /** Format: uuid */
            scopeId: string;
        };
        /** Slip */
        Slip: {
            categoryNameEn: string;
            categoryNameZh: string;
            /** Format: date-time */
            createdAt: string;
            description: string;
            deskPhone: string | null;
            /** Format: date-time */
            expiresAt: string;
            number: string;
            scopeName: string;
            /** @description What the QR code holds: /m/slip/<token>. Shown once */
            token: string;
        };
        /** SlipStatus */
        SlipStatus: {
            /** Format: date-time */
            acceptedAt: string | null;
            /** Format: date-time */
            arrivedAt: string | null;
            assigneeName: string | null;
            assigneeTitle: string | null;
            /** Format: date-time */
            closedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            dueAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            isCancelled: boolean;
            isEnded: boolean;
            isPaused: boolean;
            number: string;
            /** Format: date-time */
            startedAt: string | null;
            station: number;
        };
        /** TellColumns */
        TellColumns: {
            /** @description The file's own title → our column; '' leaves it out */
            mapping: {
                [key: string]: string;
            };
            /** @description For the next files of this list, for the whole company */
            remember: boolean;
            sheet: string | null;
        };
        /** Tie */
        Tie: {
            hasAccount: boolean;
            /** Format: uuid */
            id: string;
            isErased: boolean;
            /** @description Empty when the person was erased */
            nameMasked: string;
            /** Format: uuid */
            occupancyId: string;
            phoneMasked: string | null;
            /** @enum {string} */
            relation: "owner" | "tenant" | "family";
            /** Format: date */
            since: string;
            /** @description The first day on which it no longer holds */
            until: string | null;
        };
        /** TimelineEntry */
        TimelineEntry: {
            actorIsMe: boolean;
            actorName: string | null;
            actorRole: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            id: string;
            isInternal: boolean;
            /** @enum {string} */
            kind: "work_order.submitted" | "work_order.triaged" | "work_order.category_changed" | "work_order.assigned" | "work_order.accepted" | "work_order.refused" | "work_order.transferred" | "work_order.departed" | "work_order.arrived" | "work_order.started" | "work_order.paused" | "work_order.pause_ended" | "work_order.resumed" | "work_order.finished" | "work_order.confirmed" | "work_order.disputed" | "work_order.rated" | "work_order.rating_replied" | "work_order.callback_wanted" | "work_order.callback_recorded" | "work_order.closed" | "work_order.force_closed" | "work_order.cancelled" | "work_order.reopened" | "work_order.referred" | "work_order.urged" | "work_order.commented" | "work_order.respond_overdue" | "work_order.arrive_overdue" | "work_order.resolve_overdue" | "work_order.dues_moved" | "work_order.charge_changed" | "work_order.payer_set" | "work_order.quote_sent" | "work_order.quote_withdrawn" | "work_order.charge_asked" | "work_order.charge_agreed" | "work_order.charge_declined" | "work_order.charge_due" | "work_order.helper_added" | "work_order.helper_removed" | "work_order.helper_arrived" | "work_order.helper_left" | "work_order.part_ordered" | "work_order.part_arrived" | "work_order.visit_planned" | "work_order.visit_done" | "work_order.visit_cancelled" | "work_order.safety_passed" | "work_order.safety_stopped" | "work_order.safety_reset" | "work_order.handed_back" | "work_order.contractor_invited" | "work_order.contractor_revoked" | "work_order.contractor_accepted" | "work_order.contractor_declined" | "work_order.contractor_arrived" | "work_order.contractor_said" | "work_order.contractor_done" | "work_order.imported" | "work_order.linked" | "work_order.windows_offered" | "work_order.appointment_made" | "work_order.appointment_agreed" | "work_order.nobody_home" | "work_order.unlinked" | "work_order.merged" | "work_order.unmerged" | "work_order.split" | "work_order.parts_closed" | "work_order.parts_reopened" | "work_order.manager_wanted" | "work_order.passed_over" | "work_order.moved" | "work_order.moved_in" | "work_order.moved_progress";
            params: {
                [key: string]: unknown;
            };
            photos: {
                /** Format: uuid */
                id: string;
            }[];
        };
        /** Triage */
        Triage: {
            categories: {
                categoryCode: string;
                confidence: number | null;
                isEmergency: boolean;
                nameEn: string;
                nameZh: string;
                /** @description Pieces of the text that spoke for it */
                words: string[];
            }[];
            /** @enum {string} */
            from: "learnt" | "catalogue";
            /** @description Below this confidence it is silent */
            least: number;
            model: {
                taught: number;
                /** Format: date-time */
                trainedAt: string;
                version: number;
            } | null;
            unit: {
                confidence: number;
                receiver: string | null;
                skill: string | null;
                /** @description Pieces of the text that spoke for it */
                words: string[];
            } | null;
        };
        /** UploadedFile */
        UploadedFile: {
            bytes: number;
            height: number | null;
            /** Format: uuid */
            id: string;
            mediaType: string;
            width: number | null;
        };
        /** Visit */
        Visit: {
            /** Format: date-time */
            at: string;
            /** @enum {unknown} */
            direction: "in" | "out";
            gateName: string | null;
            /** @enum {unknown} */
            kind: "resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card";
            name: string | null;
            /** Format: uuid */
            passageId: string;
            /** Format: uuid */
            passId: string;
        };
        /** WechatLink */
        WechatLink: {
            /** Format: date-time */
            expiresAt: string;
            /** @enum {unknown} */
            kind: "bind" | "words";
            masked: string | null;
            words: string | null;
        };
        /** WhatIf */
        WhatIf: {
            changed: {
                categoryCode: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: uuid */
                id: string;
                number: string;
                /** Format: uuid */
                scopeId: string;
                was: string[];
                would: string[];
            }[];
            changedTotal: number;
            isCut: boolean;
            rows: {
                categoryCode: string;
                nameEn: string;
                nameZh: string;
                total: number;
                was: {
                    any: number;
                    arrive: number;
                    resolve: number;
                    respond: number;
                };
                would: {
                    any: number;
                    arrive: number;
                    resolve: number;
                    respond: number;
                };
            }[];
        };
        /** WorkingAnswer */
        WorkingAnswer: {
            order: components["schemas"]["WorkOrder"];
            sheet: components["schemas"]["JobSheet"];
        };
        /** WorkingCommand */
        WorkingCommand: {
            /** @enum {string} */
            action: "add_line";
            expectedVersion: number;
            /** @enum {string} */
            kind?: "material" | "labour" | "other";
            name?: string;
            /** Format: uuid */
            priceId?: string;
            /** @description at most two decimals */
            quantity: string;
            reason?: string;
            unit?: string;
            /** @description yuan, at most two decimals */
            unitPrice?: string;
        } | {
            /** @enum {string} */
            action: "remove_line";
            expectedVersion: number;
            /** Format: uuid */
            lineId: string;
        } | {
            /** @enum {string} */
            action: "set_discount";
            /** @description yuan, at most two decimals */
            amount: string;
            expectedVersion: number;
            reason?: string;
        } | {
            /** @enum {string} */
            action: "set_payer";
            expectedVersion: number;
            /** @enum {string} */
            payer: "household" | "developer" | "company" | "maintenance_fund" | "utility" | "responsible_party";
            reason: string;
        } | {
            /** @enum {string} */
            action: "send_quote";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "withdraw_quote";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "agree";
            expectedVersion?: number;
            quoteNo: number;
            /** Format: uuid */
            signatureFileId?: string;
            signerName?: string;
            /** @description yuan, at most two decimals */
            total: string;
            words?: string;
        } | {
            /** @enum {string} */
            action: "decline";
            expectedVersion?: number;
            quoteNo: number;
            words?: string;
        } | {
            /** @enum {string} */
            action: "ask";
            expectedVersion?: number;
            quoteNo: number;
            words: string;
        } | {
            /** Format: uuid */
            accountId: string;
            /** @enum {string} */
            action: "add_helper";
            expectedVersion: number;
        } | {
            /** Format: uuid */
            accountId: string;
            /** @enum {string} */
            action: "remove_helper";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "helper_arrive";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "helper_leave";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "order_part";
            /** Format: date */
            expectedOn: string;
            expectedVersion: number;
            supplier?: string;
            what: string;
        } | {
            /** @enum {string} */
            action: "part_arrived";
            expectedVersion: number;
            /** Format: uuid */
            partId: string;
        } | {
            /** @enum {string} */
            action: "plan_visit";
            expectedVersion: number;
            /** Format: date-time */
            from: string;
            purpose: string;
            /** Format: date-time */
            to: string;
        } | {
            /** @enum {string} */
            action: "complete_visit";
            done: string;
            expectedVersion: number;
            left?: string;
            /** Format: uuid */
            visitId: string;
        } | {
            /** @enum {string} */
            action: "cancel_visit";
            expectedVersion: number;
            reason: string;
            /** Format: uuid */
            visitId: string;
        } | {
            /** @enum {string} */
            action: "answer_safety";
            answers: {
                /** @enum {string} */
                answer: "yes" | "no" | "not_applicable";
                item: string;
                list: string;
                /** Format: uuid */
                photoId?: string;
                words?: string;
            }[];
            expectedVersion: number;
            photoIds?: string[];
        } | {
            /** @enum {string} */
            action: "reset_safety";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "hand_back";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "invite_contractor";
            contactPurpose?: string;
            contractor: string;
            days: number;
            /** Format: date-time */
            dueAt?: string;
            expectedVersion: number;
            task: string;
        } | {
            /** @enum {string} */
            action: "revoke_contractor";
            expectedVersion: number;
            /** Format: uuid */
            linkId: string;
        };
        /** WorkOrder */
        WorkOrder: {
            /** Format: uuid */
            aboutOrderId: string | null;
            /** Format: date-time */
            acceptedAt: string | null;
            accusedName: string | null;
            actions: {
                /** @enum {string} */
                action: "triage" | "change_category" | "assign" | "accept" | "refuse" | "transfer" | "depart" | "arrive" | "start" | "pause" | "resume" | "finish" | "confirm" | "dispute" | "rate" | "reply_rating" | "confirm_for" | "record_callback" | "close" | "force_close" | "cancel" | "reopen" | "refer" | "merge" | "unmerge" | "split" | "close_parts" | "reopen_parts" | "link" | "unlink" | "move" | "urge" | "comment" | "offer_windows" | "make_appointment" | "agree_appointment" | "nobody_home";
                isAllowed: boolean;
                reasonCode: string | null;
            }[];
            appointment: {
                /** Format: date-time */
                from: string;
                isAgreed: boolean;
                /** Format: date-time */
                to: string;
            } | null;
            /** Format: date-time */
            arrivedAt: string | null;
            /** Format: date-time */
            arriveDueAt: string | null;
            /** Format: date-time */
            arriveLateAt: string | null;
            /** Format: uuid */
            assigneeAccountId: string | null;
            assigneeName: string | null;
            assigneeTitle: string | null;
            beforePhotos: {
                /** Format: uuid */
                id: string;
            }[];
            /** Format: uuid */
            buildingId: string | null;
            callbackAttempts: number;
            callbackReason: ("unsatisfied" | "emergency" | "all" | "sample" | "unanswered") | null;
            /** Format: date-time */
            callbackWantedAt: string | null;
            categoryCode: string;
            categoryNameEn: string;
            categoryNameZh: string;
            chargeState: ("none" | "not_due" | "draft" | "quoted" | "agreed" | "declined") | null;
            /** Format: date-time */
            closedAt: string | null;
            /** Format: date-time */
            confirmedAt: string | null;
            contactMasked: string | null;
            /** Format: date-time */
            createdAt: string;
            description: string;
            disputeCount: number;
            disputeReason: string | null;
            duty: string;
            /** Format: uuid */
            facilityId: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            followerCount: number;
            hasSeveral: boolean;
            /** Format: uuid */
            householdId: string | null;
            /** Format: uuid */
            id: string;
            isEmergency: boolean;
            isFollowed: boolean;
            isHelper: boolean;
            isLate: boolean;
            isMine: boolean;
            isPublic: boolean;
            /** @enum {string} */
            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
            missedCount: number;
            /** Format: date-time */
            neededBy: string | null;
            /** Format: date-time */
            nextDueAt: string | null;
            number: string;
            /** @description Masked: for whom it was reported by consent */
            onBehalfOf: string | null;
            outcome: ("confirmed" | "unconfirmed" | "forced" | "referred" | "cancelled" | "duplicate" | "split" | "imported" | "moved") | null;
            /** @description into how many it was split; 0: an order of its own */
            partCount: number;
            pausedNote: string | null;
            pausedReason: ("waiting_parts" | "waiting_resident" | "waiting_third_party" | "waiting_approval" | "unsafe" | "night_quiet" | "weather" | "emergency_elsewhere") | null;
            /** Format: date-time */
            pausedUntil: string | null;
            photos: {
                /** Format: uuid */
                id: string;
            }[];
            photosRequired: boolean;
            /** @enum {string} */
            place: "home" | "public";
            placeLabel: string;
            /** @enum {string} */
            priority: "normal" | "high" | "urgent";
            rating: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
            ratingAspects: {
                /** @enum {string} */
                manner?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                quality?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                speed?: "satisfied" | "basically_satisfied" | "unsatisfied";
            };
            ratingReply: string | null;
            /** Format: date-time */
            ratingReplyAt: string | null;
            ratingWords: string | null;
            referredReference: string | null;
            referredTo: string | null;
            related: {
                categoryNameEn: string;
                categoryNameZh: string;
                /** @description its beginning */
                description: string;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "duplicate_of" | "duplicated_by" | "part_of" | "has_part" | "relates_to" | "follows" | "followed_by" | "moved_to" | "moved_from";
                number: string;
                outcome: ("confirmed" | "unconfirmed" | "forced" | "referred" | "cancelled" | "duplicate" | "split" | "imported" | "moved") | null;
                /** Format: uuid */
                scopeId: string;
                station: number;
                /** @enum {string} */
                status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
            }[];
            reopenCount: number;
            rescheduleCount: number;
            /** Format: date-time */
            resolveDueAt: string | null;
            /** Format: date-time */
            resolveLateAt: string | null;
            resolveRemainingSeconds: number | null;
            /** Format: date-time */
            respondDueAt: string | null;
            /** Format: date-time */
            respondLateAt: string | null;
            safety: ("none" | "needed" | "passed" | "stopped") | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            signatures: {
                /** Format: uuid */
                id: string;
            }[];
            /** Format: date-time */
            startedAt: string | null;
            station: number;
            /** @enum {string} */
            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
            steps: {
                /** Format: date-time */
                acceptedAt: string | null;
                /** Format: date-time */
                arrivedAt: string | null;
                /** Format: date-time */
                departedAt: string | null;
                /** Format: date-time */
                endedAt: string | null;
                endReason: string | null;
                handlerName: string | null;
                handlerTitle: string | null;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                openedAt: string;
                role: string;
                /** Format: date-time */
                startedAt: string | null;
                state: string;
                /** @description the first visit is 1 */
                visit: number;
                workDone: string | null;
            }[];
            /** Format: date-time */
            updatedAt: string;
            urgeCount: number;
            version: number;
            voices: {
                /** Format: uuid */
                id: string;
            }[];
            windows: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            }[];
            workDone: string | null;
            workPhotos: {
                /** Format: uuid */
                id: string;
            }[];
        };
        /** WorkOrderCommand */
        WorkOrderCommand: {
            /** @enum {string} */
            action: "triage";
            categoryCode?: string;
            expectedVersion: number;
            /** @enum {string} */
            priority?: "normal" | "high" | "urgent";
        } | {
            /** @enum {string} */
            action: "change_category";
            categoryCode: string;
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "assign";
            /** Format: uuid */
            assigneeAccountId: string;
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "accept";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "refuse";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "transfer";
            /** Format: uuid */
            assigneeAccountId: string;
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "depart";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "arrive";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "start";
            expectedVersion: number;
            photoIds?: string[];
        } | {
            /** @enum {string} */
            action: "pause";
            expectedVersion: number;
            note?: string;
            /** @enum {string} */
            reason: "waiting_parts" | "waiting_resident" | "waiting_third_party" | "waiting_approval" | "unsafe" | "night_quiet" | "weather" | "emergency_elsewhere";
            /** Format: date-time */
            until?: string;
        } | {
            /** @enum {string} */
            action: "resume";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "finish";
            beforePhotoIds?: string[];
            expectedVersion: number;
            photoIds?: string[];
            workDone: string;
        } | {
            /** @enum {string} */
            action: "confirm";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "dispute";
            expectedVersion: number;
            photoIds?: string[];
            reason: string;
        } | {
            /** @enum {string} */
            action: "rate";
            aspects?: {
                /** @enum {string} */
                manner?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                quality?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                speed?: "satisfied" | "basically_satisfied" | "unsatisfied";
            };
            expectedVersion: number;
            photoIds?: string[];
            /** @enum {string} */
            score: "satisfied" | "basically_satisfied" | "unsatisfied";
            words?: string;
        } | {
            /** @enum {string} */
            action: "confirm_for";
            expectedVersion: number;
            /** @enum {string} */
            how: "signature" | "in_person" | "call";
            name?: string;
            note?: string;
            photoIds?: string[];
            /** @enum {string} */
            score?: "satisfied" | "basically_satisfied" | "unsatisfied";
        } | {
            /** @enum {string} */
            action: "record_callback";
            answers?: {
                [key: string]: boolean | string;
            };
            aspects?: {
                /** @enum {string} */
                manner?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                quality?: "satisfied" | "basically_satisfied" | "unsatisfied";
                /** @enum {string} */
                speed?: "satisfied" | "basically_satisfied" | "unsatisfied";
            };
            expectedVersion: number;
            note?: string;
            /** @enum {string} */
            result: "satisfied_done" | "not_done" | "unreachable";
            /** @enum {string} */
            score?: "satisfied" | "basically_satisfied" | "unsatisfied";
            scriptVersion?: number;
            wasContacted?: boolean;
        } | {
            /** @enum {string} */
            action: "reply_rating";
            expectedVersion: number;
            text: string;
        } | {
            /** @enum {string} */
            action: "merge";
            expectedVersion: number;
            /** @description the number of the other order */
            number: string;
        } | {
            /** @enum {string} */
            action: "unmerge";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "split";
            expectedVersion: number;
            parts: {
                categoryCode: string;
                description: string;
                photoIds?: string[];
            }[];
        } | {
            /** @enum {string} */
            action: "link";
            expectedVersion: number;
            /** @description the number of the other order */
            number: string;
        } | {
            /** @enum {string} */
            action: "unlink";
            expectedVersion: number;
            /** @description the number of the other order */
            number: string;
        } | {
            /** @enum {string} */
            action: "close";
            expectedVersion: number;
            note?: string;
        } | {
            /** @enum {string} */
            action: "force_close";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "cancel";
            expectedVersion: number;
            reason?: string;
        } | {
            /** @enum {string} */
            action: "reopen";
            expectedVersion: number;
            reason: string;
        } | {
            /** @enum {string} */
            action: "refer";
            expectedVersion: number;
            note?: string;
            receiver: string;
            reference?: string;
        } | {
            /** @enum {string} */
            action: "move";
            /** @enum {string} */
            decidedBy: "property_right_unit" | "street";
            documentNumber: string;
            expectedVersion: number;
            /** Format: uuid */
            organisationId?: string;
            reason: string;
            /** Format: uuid */
            toScopeId: string;
        } | {
            /** @enum {string} */
            action: "urge";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "comment";
            expectedVersion: number;
            isInternal?: boolean;
            photoIds?: string[];
            text: string;
            /** Format: uuid */
            voiceId?: string;
        } | {
            /** @enum {string} */
            action: "offer_windows";
            expectedVersion: number;
            reason?: string;
            windows: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            }[];
        } | {
            /** @enum {string} */
            action: "make_appointment";
            expectedVersion: number;
            /** Format: date-time */
            from: string;
            isByPhone?: boolean;
            reason?: string;
            /** Format: date-time */
            to: string;
        } | {
            /** @enum {string} */
            action: "agree_appointment";
            expectedVersion: number;
        } | {
            /** @enum {string} */
            action: "nobody_home";
            expectedVersion: number;
            photoIds?: string[];
        };
        /** WorkOrderRow */
        WorkOrderRow: {
            /** Format: date-time */
            arriveDueAt: string | null;
            /** Format: uuid */
            assigneeAccountId: string | null;
            assigneeName: string | null;
            categoryCode: string;
            categoryNameEn: string;
            categoryNameZh: string;
            contactMasked: string | null;
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** Format: uuid */
            id: string;
            isEmergency: boolean;
            isLate: boolean;
            isMine: boolean;
            isPublic: boolean;
            /** @enum {string} */
            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
            /** Format: date-time */
            nextDueAt: string | null;
            number: string;
            placeLabel: string;
            /** @enum {string} */
            priority: "normal" | "high" | "urgent";
            /** Format: date-time */
            resolveDueAt: string | null;
            /** Format: date-time */
            respondDueAt: string | null;
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            station: number;
            /** @enum {string} */
            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
            /** Format: date-time */
            updatedAt: string;
            urgeCount: number;
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getGateBundle: {
        parameters: {
            query?: {
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateBundle"];
                };
            };
        };
    };
    getCarPark: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CarPark"];
                };
            };
        };
    };
    setCarPark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedVersion: number;
                    monthlyFeeFen: number;
                    /** Format: uuid */
                    scopeId: string;
                    spaces: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CarPark"];
                };
            };
        };
    };
    checkAtGate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    checks: {
                        /** Format: date-time */
                        at?: string;
                        card?: string;
                        code?: string;
                        /** @enum {string} */
                        direction: "in" | "out";
                        /** Format: uuid */
                        id: string;
                        mask?: boolean;
                        /** Format: uuid */
                        passId?: string;
                        plate?: string;
                        temperature?: number;
                        text?: string;
                        /** @enum {string} */
                        urgent?: "birth" | "dialysis" | "oxygen" | "ambulance" | "fire" | "rescue";
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecksAnswer"];
                };
            };
        };
    };
    uploadDecisions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    decisions: {
                        at: number;
                        /** Format: uuid */
                        byAccountId: string;
                        deviceAt: number;
                        /** @enum {unknown} */
                        direction: "in" | "out";
                        /** Format: uuid */
                        id: string;
                        latencyUs: number;
                        listVersion: string | null;
                        n: number;
                        override: {
                            /** Format: uuid */
                            of: string;
                            reason: string;
                        } | null;
                        ref: string | null;
                        spokenId: string | null;
                        step: number | null;
                        temperatureTenths: number | null;
                        text: string | null;
                        urgent: ("birth" | "dialysis" | "oxygen" | "ambulance" | "fire" | "rescue") | null;
                        verdict: {
                            findings: {
                                /** @enum {unknown} */
                                check: "identity" | "authorisation" | "temperature" | "health_code" | "test" | "vaccination" | "travel" | "list" | "mask" | "capacity" | "vehicle";
                                code: ("code_malformed" | "code_forged" | "code_expired" | "code_not_yet" | "code_replayed" | "code_foreign" | "pass_unknown" | "no_pass" | "pass_suspended" | "pass_revoked" | "pass_not_yet" | "pass_over" | "pass_used_up" | "wrong_gate" | "wrong_building" | "wrong_hour" | "gate_closed" | "wrong_way" | "vehicle_gate_only" | "temperature_high" | "temperature_missing" | "temperature_implausible" | "health_red" | "health_yellow" | "health_popup" | "health_expired" | "health_none" | "health_unanswered" | "health_kept_too_old" | "test_missing" | "test_overdue" | "test_pending" | "test_positive" | "vaccination_missing" | "travel_high_risk" | "travel_abroad" | "travel_unknown" | "denied" | "watched" | "isolated" | "mask_missing" | "mask_unknown" | "inside_full" | "spaces_full") | null;
                                /** @enum {unknown} */
                                outcome: "pass" | "pass_report" | "refer" | "refuse";
                                overriders: ("guard" | "desk" | "manager" | "committee" | "street")[];
                                params: {
                                    [key: string]: string | number;
                                };
                                policyId: string | null;
                                /** @enum {unknown} */
                                state: "ok" | "fail" | "unknown";
                            }[];
                            /** @enum {unknown} */
                            outcome: "pass" | "pass_report" | "refer" | "refuse";
                            overriders: ("guard" | "desk" | "manager" | "committee" | "street")[];
                            params: {
                                [key: string]: string | number;
                            };
                            policies: {
                                /** Format: uuid */
                                id: string;
                                version: number;
                            }[];
                            /** @enum {unknown} */
                            say: "code_malformed" | "code_forged" | "code_expired" | "code_not_yet" | "code_replayed" | "code_foreign" | "pass_unknown" | "no_pass" | "pass_suspended" | "pass_revoked" | "pass_not_yet" | "pass_over" | "pass_used_up" | "wrong_gate" | "wrong_building" | "wrong_hour" | "gate_closed" | "wrong_way" | "vehicle_gate_only" | "temperature_high" | "temperature_missing" | "temperature_implausible" | "health_red" | "health_yellow" | "health_popup" | "health_expired" | "health_none" | "health_unanswered" | "health_kept_too_old" | "test_missing" | "test_overdue" | "test_pending" | "test_positive" | "vaccination_missing" | "travel_high_risk" | "travel_abroad" | "travel_unknown" | "denied" | "watched" | "isolated" | "mask_missing" | "mask_unknown" | "inside_full" | "spaces_full" | "welcome" | "goodbye" | "urgent" | "no_list";
                            urgent: ("birth" | "dialysis" | "oxygen" | "ambulance" | "fire" | "rescue") | null;
                        };
                        /** @enum {unknown} */
                        way: "code" | "visitor_code" | "six_digits" | "card" | "plate" | "spoken" | "none";
                        wearsMask: boolean | null;
                    }[];
                    deviceNow: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        flags: {
                            decidedAt: number;
                            /** Format: uuid */
                            id: string;
                            /** @enum {unknown} */
                            kind: "used_twice" | "revoked" | "unknown_pass" | "outcome_differs" | "clock_off" | "list_expired";
                        }[];
                        now: number;
                        refused: {
                            code: string;
                            /** Format: uuid */
                            id: string;
                        }[];
                        taken: string[];
                    };
                };
            };
        };
    };
    listDestructions: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destructions"];
                };
            };
        };
    };
    commandGateDevice: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "rename";
                    expectedVersion: number;
                    label: string;
                } | {
                    /** @enum {string} */
                    action: "move";
                    expectedVersion: number;
                    /** Format: uuid */
                    gateId: string;
                } | {
                    /** @enum {string} */
                    action: "revoke";
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
        };
    };
    issueGateKey: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateCredentials"];
                };
            };
        };
    };
    listPassageFlags: {
        parameters: {
            query?: {
                cursor?: string;
                isOpenOnly?: boolean;
                limit?: number;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            decidedAt: string;
                            /** Format: uuid */
                            gateId: string;
                            gateName: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {unknown} */
                            kind: "used_twice" | "revoked" | "unknown_pass" | "outcome_differs" | "clock_off" | "list_expired";
                            nameMasked: string | null;
                            /** Format: date-time */
                            noticedAt: string;
                            otherGateName: string | null;
                            passKind: ("resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card") | null;
                            /** Format: uuid */
                            scopeId: string;
                            scopeName: string;
                            seenAt: string | null;
                            seenByName: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    seePassageFlag: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        decidedAt: string;
                        /** Format: uuid */
                        gateId: string;
                        gateName: string;
                        /** Format: uuid */
                        id: string;
                        /** @enum {unknown} */
                        kind: "used_twice" | "revoked" | "unknown_pass" | "outcome_differs" | "clock_off" | "list_expired";
                        nameMasked: string | null;
                        /** Format: date-time */
                        noticedAt: string;
                        otherGateName: string | null;
                        passKind: ("resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card") | null;
                        /** Format: uuid */
                        scopeId: string;
                        scopeName: string;
                        seenAt: string | null;
                        seenByName: string | null;
                    };
                };
            };
        };
    };
    getGateFlow: {
        parameters: {
            query: {
                day?: string;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateFlow"];
                };
            };
        };
    };
    searchAtGate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    by: "place" | "last";
                    /** Format: uuid */
                    gateId: string;
                    /** @enum {unknown} */
                    purpose: "no_phone" | "code_unreadable" | "visitor_at_gate";
                    /** Format: uuid */
                    scopeId: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {unknown} */
                            kind: "resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card";
                            nameMasked: string | null;
                            place: string | null;
                            ref: string;
                        }[];
                    };
                };
            };
        };
    };
    listGates: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gates"];
                };
            };
        };
    };
    setUpGate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    buildingId: string | null;
                    code: string;
                    /** @enum {string} */
                    direction: "in" | "out" | "both";
                    hours: {
                        days: number[];
                        fromMinute: number;
                        toMinute: number;
                    }[];
                    /** @enum {string} */
                    kind: "pedestrian" | "vehicle" | "both";
                    name: string;
                    /** Format: uuid */
                    scopeId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
        };
    };
    checkByHand: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                gateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    checks: {
                        /** Format: date-time */
                        at?: string;
                        card?: string;
                        code?: string;
                        /** @enum {string} */
                        direction: "in" | "out";
                        /** Format: uuid */
                        id: string;
                        mask?: boolean;
                        /** Format: uuid */
                        passId?: string;
                        plate?: string;
                        temperature?: number;
                        text?: string;
                        /** @enum {string} */
                        urgent?: "birth" | "dialysis" | "oxygen" | "ambulance" | "fire" | "rescue";
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecksAnswer"];
                };
            };
        };
    };
    overrideAtGate: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                gateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    id: string;
                    /** Format: uuid */
                    passageId: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckResult"];
                };
            };
        };
    };
    checkGateChain: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainReport"];
                };
            };
        };
    };
    commandGate: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "change";
                    buildingId: string | null;
                    code: string;
                    /** @enum {string} */
                    direction: "in" | "out" | "both";
                    expectedVersion: number;
                    hours: {
                        days: number[];
                        fromMinute: number;
                        toMinute: number;
                    }[];
                    /** @enum {string} */
                    kind: "pedestrian" | "vehicle" | "both";
                    name: string;
                } | {
                    /** @enum {string} */
                    action: "retire";
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
        };
    };
    addGateDevice: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "barrier" | "reader" | "guard_phone";
                    label: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
        };
    };
    registerGuardPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    label: string;
                    /** Format: uuid */
                    scopeId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: uuid */
                        deviceId: string;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        gateId: string;
                        label: string;
                    };
                };
            };
        };
    };
    listGateNotes: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            at: string;
                            byName: string;
                            /** Format: uuid */
                            id: string;
                            text: string;
                        }[];
                    };
                };
            };
        };
    };
    leaveGateNote: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        byName: string;
                        /** Format: uuid */
                        id: string;
                        text: string;
                    };
                };
            };
        };
    };
    listGoodsSlips: {
        parameters: {
            query: {
                code?: string;
                cursor?: string;
                isOpen?: boolean;
                limit?: number;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GoodsSlip"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    askGoodsSlip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGoodsSlip"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoodsSlip"];
                };
            };
        };
    };
    cancelGoodsSlip: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoodsSlip"];
                };
            };
        };
    };
    checkGoodsSlip: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "pass";
                    expectedVersion: number;
                } | {
                    /** @enum {string} */
                    action: "hold";
                    expectedVersion: number;
                    note: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoodsSlip"];
                };
            };
        };
    };
    pairGuardPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        deviceId: string;
                        /** Format: uuid */
                        gateId: string;
                        gateName: string;
                        key: string;
                        publicKey: {
                            /** @enum {string} */
                            crv: "P-256";
                            /** @enum {string} */
                            kty: "EC";
                            x: string;
                            y: string;
                        };
                        /** Format: uuid */
                        scopeId: string;
                    };
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                        timeZone: string;
                    };
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    revokeInvitation: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pass"];
                };
            };
        };
    };
    listListEntries: {
        parameters: {
            query: {
                cursor?: string;
                isLive?: boolean;
                kind?: "deny" | "watch" | "isolation";
                limit?: number;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListEntry"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    addListEntry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewListEntry"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    answerAppeal: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedVersion: number;
                    isUpheld: boolean;
                    words: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    appealListEntry: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedVersion: number;
                    words: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    liftListEntry: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listMeasures: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measures"];
                };
            };
        };
    };
    orderMeasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answerHoldsMinutes: number;
                    answerWithinMilliseconds: number;
                    authority: string;
                    buildingId: string | null;
                    checks: {
                        capacity?: {
                            most: number;
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                        };
                        health_code?: {
                            entryDays: number;
                            /** @enum {string} */
                            popup: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            red: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                            /** @enum {string} */
                            yellow: "pass_report" | "refer" | "refuse";
                        };
                        list?: {
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                        };
                        mask?: {
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                        };
                        temperature?: {
                            /** @enum {string} */
                            counts: "at_limit" | "above_limit";
                            limitTenths: number;
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                        };
                        test?: {
                            /** @enum {string} */
                            from: "sampling" | "result";
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                            withinHours: number;
                        };
                        travel?: {
                            levels: ("high" | "medium" | "low")[];
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                            withinDays: number;
                        };
                        vaccination?: {
                            doses: number;
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                        };
                        vehicle?: {
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                        };
                    };
                    documentNo: string;
                    endsAt: string | null;
                    name: string;
                    onNoAnswer: {
                        /** @enum {string} */
                        kind: "last_known";
                        maxAgeMinutes: number;
                    } | {
                        /** @enum {string} */
                        kind: "refer";
                    } | {
                        /** @enum {string} */
                        kind: "pass";
                    };
                    retentionDays: number;
                    /** Format: uuid */
                    scopeId: string;
                    seals?: ("fire_exit" | "unit_door" | "gate")[];
                    /** Format: date-time */
                    startsAt: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measure"];
                };
            };
        };
    };
    commandMeasure: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "change";
                    answerHoldsMinutes: number;
                    answerWithinMilliseconds: number;
                    authority: string;
                    checks: {
                        capacity?: {
                            most: number;
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                        };
                        health_code?: {
                            entryDays: number;
                            /** @enum {string} */
                            popup: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            red: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                            /** @enum {string} */
                            yellow: "pass_report" | "refer" | "refuse";
                        };
                        list?: {
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                        };
                        mask?: {
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                        };
                        temperature?: {
                            /** @enum {string} */
                            counts: "at_limit" | "above_limit";
                            limitTenths: number;
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                        };
                        test?: {
                            /** @enum {string} */
                            from: "sampling" | "result";
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                            withinHours: number;
                        };
                        travel?: {
                            levels: ("high" | "medium" | "low")[];
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                            withinDays: number;
                        };
                        vaccination?: {
                            doses: number;
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                            /** @enum {string} */
                            when: "in" | "out" | "both";
                        };
                        vehicle?: {
                            /** @enum {string} */
                            otherwise: "pass_report" | "refer" | "refuse";
                        };
                    };
                    documentNo: string;
                    endsAt: string | null;
                    expectedVersion: number;
                    name: string;
                    onNoAnswer: {
                        /** @enum {string} */
                        kind: "last_known";
                        maxAgeMinutes: number;
                    } | {
                        /** @enum {string} */
                        kind: "refer";
                    } | {
                        /** @enum {string} */
                        kind: "pass";
                    };
                    retentionDays: number;
                    seals?: ("fire_exit" | "unit_door" | "gate")[];
                    /** Format: date-time */
                    startsAt: string;
                } | {
                    /** @enum {string} */
                    action: "end";
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measure"];
                };
            };
        };
    };
    getOwnPassage: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnPassage"];
                };
            };
        };
    };
    getOwnPass: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    householdId: string;
                    /** Format: uuid */
                    scopeId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pass"];
                };
            };
        };
    };
    keyPhone: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneKey"];
                };
            };
        };
    };
    listParcels: {
        parameters: {
            query: {
                code?: string;
                cursor?: string;
                limit?: number;
                scopeId: string;
                state?: "waiting" | "collected" | "returned";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Parcel"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    takeInParcel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewParcel"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
        };
    };
    commandParcel: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    action: "collect" | "return";
                    code?: string;
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
        };
    };
    listPassages: {
        parameters: {
            query: {
                cursor?: string;
                day?: string;
                gateId?: string;
                limit?: number;
                scopeId: string;
                stopped?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passages"];
                };
            };
        };
    };
    searchPassages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: string;
                    /** Format: uuid */
                    passId: string;
                    purpose: string;
                    /** Format: uuid */
                    scopeId: string;
                    to: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passages"];
                };
            };
        };
    };
    listPasses: {
        parameters: {
            query: {
                cursor?: string;
                isLive?: boolean;
                isWithoutPhone?: boolean;
                kind?: "resident" | "family" | "tenant" | "staff" | "helper" | "visitor" | "courier" | "delivery" | "contractor" | "vehicle" | "minor" | "card";
                limit?: number;
                q?: string;
                scopeId: string;
                status?: "active" | "suspended" | "revoked";
                vehicleKind?: "resident" | "monthly" | "visitor" | "temporary";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pass"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    issuePass: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPass"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    commandPass: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "suspend";
                    expectedVersion: number;
                    reason: string;
                } | {
                    /** @enum {string} */
                    action: "resume";
                    expectedVersion: number;
                } | {
                    /** @enum {string} */
                    action: "revoke";
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pass"];
                };
            };
        };
    };
    listVisits: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Visit"][];
                    };
                };
            };
        };
    };
    requestCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    phone: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Demonstration accounts in demonstration mode only */
                        demoCode?: string;
                        expiresInSeconds: number;
                        resendInSeconds: number;
                    };
                };
            };
        };
    };
    getAuthOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        mode: "demo" | "production";
                        /** @description Demonstration only: "enter as …" */
                        personas: {
                            /** @enum {string} */
                            home: "/m/" | "/desk/";
                            id: string;
                            name: string;
                            phone: string;
                            placeLabel: string;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                        }[];
                    };
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ticket: string;
                    totp: string;
                } | {
                    recoveryCode: string;
                    ticket: string;
                } | {
                    code: string;
                    phone: string;
                } | {
                    password: string;
                    phone: string;
                } | {
                    personaId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            displayName: string;
                            /** Format: uuid */
                            id: string;
                            isLargeType: boolean;
                            /** @enum {string} */
                            locale: "zh-CN" | "en";
                            phoneMasked: string;
                        };
                        acting: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        };
                        /** @description Goes into the header x-csrf-token of every write */
                        csrfToken: string;
                        memberships: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        }[];
                        /** @enum {string} */
                        mode: "demo" | "production";
                        /** @description The role asks for a second factor and there is none: nothing else can be done before */
                        mustEnrol: boolean;
                        permissions: string[];
                    };
                };
            };
            /** @description The first factor was right; send this with a code of the second */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresInSeconds: number;
                        ticket: string;
                    };
                };
            };
        };
    };
    signOutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listConsents: {
        parameters: {
            query: {
                householdId: string;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Consent"][];
                        longestDays: number;
                        /**
                         * Format: date
                         * @description By the calendar of the place, from which days count
                         */
                        today: string;
                    };
                };
            };
        };
    };
    recordConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecordedConsent"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
        };
    };
    withdrawConsent: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query: {
                cursor?: string;
                limit?: number;
                objectId?: string;
                scopeId: string;
                state?: "waiting" | "sent" | "delivered" | "failed" | "none";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    listArrivals: {
        parameters: {
            query: {
                /** @description up to ten of scope:order, with commas between */
                orders: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Arrivals"];
                };
            };
        };
    };
    getBoard: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchBoard"];
                };
            };
        };
    };
    addShiftChange: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    accountId: string;
                    /** Format: date-time */
                    from?: string;
                    /** @enum {string} */
                    kind: "off" | "leave" | "swap" | "overtime";
                    /** Format: date */
                    onDate?: string;
                    reason: string;
                    /** Format: date-time */
                    to?: string;
                    /** Format: uuid */
                    withAccountId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    withdrawShiftChange: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listEstimates: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EstimateFigures"][];
                    };
                };
            };
        };
    };
    getMyShifts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnShifts"];
                };
            };
        };
    };
    listOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OpenOffer"][];
                    };
                };
            };
        };
    };
    answerOffer: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    answer: "accept";
                } | {
                    /** @enum {string} */
                    answer: "decline";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
        };
    };
    getDispatch: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dispatch: components["schemas"]["DispatchState"] | null;
                    };
                };
            };
        };
    };
    acknowledgeOrder: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
        };
    };
    getArrival: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Arrival"];
                };
            };
        };
    };
    rankCandidates: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RankedCandidate"][];
                    };
                };
            };
        };
    };
    addShiftPattern: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    anchorOn: string;
                    days: ({
                        from: number;
                        to: number;
                    } | null)[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    changeShiftPattern: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    days: ({
                        from: number;
                        to: number;
                    } | null)[];
                    expectedVersion: number;
                    isActive: boolean;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    getSitePlan: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SitePlan"];
                };
            };
        };
    };
    givePosition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    latitude: number;
                    longitude: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresAt: string | null;
                    };
                };
            };
        };
    };
    forgetPosition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresAt: string | null;
                    };
                };
            };
        };
    };
    getRoster: {
        parameters: {
            query?: {
                days?: number;
                from?: string;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roster"];
                };
            };
        };
    };
    putOnRoster: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    accountId: string;
                    compoundIds?: string[];
                    /** Format: uuid */
                    gridId?: string;
                    /** @enum {string} */
                    kind: "duty" | "standby";
                    /** Format: date */
                    lastDay?: string;
                    /** Format: uuid */
                    patternId: string;
                    /** Format: date */
                    startsOn: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    endRoster: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    lastDay: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    getDispatchRules: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchRules"];
                };
            };
        };
    };
    sayDispatchEscalation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EscalationChange"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchRuleMade"];
                };
            };
        };
    };
    sayDispatchMode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModeChange"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchRuleMade"];
                };
            };
        };
    };
    sayDispatchOffers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OffersChange"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchRuleMade"];
                };
            };
        };
    };
    listShiftFiles: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftFileList"];
                };
            };
        };
    };
    sendShiftFile: {
        parameters: {
            query: {
                /** @description which column is which, as JSON: ShiftColumns */
                columns?: string;
                name: string;
                scopeId?: string;
                trial?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShiftFileResult"];
                };
            };
        };
    };
    withdrawShiftFile: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    exportList: {
        parameters: {
            query: {
                format: "xlsx" | "csv";
                locale: "zh-CN" | "en";
                scopeId?: string;
            };
            header?: never;
            path: {
                list: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadFile: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
        };
    };
    getFile: {
        parameters: {
            query: {
                scopeId: string;
                size?: "full" | "thumb";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mp4": components["schemas"]["Problem"];
                    "audio/ogg": components["schemas"]["Problem"];
                    "audio/webm": components["schemas"]["Problem"];
                    "image/jpeg": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/mp4": components["schemas"]["Problem"];
                    "audio/ogg": components["schemas"]["Problem"];
                    "audio/webm": components["schemas"]["Problem"];
                    "image/jpeg": components["schemas"]["Problem"];
                };
            };
        };
    };
    listColdRooms: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scopeId?: string;
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ColdRoom"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getHeatingSeason: {
        parameters: {
            query?: {
                scopeId?: string;
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        season: components["schemas"]["HeatingSeason"];
                        seasonSource: string;
                        standard: number;
                        standardSource: string;
                    };
                };
            };
        };
    };
    listHeatingVisits: {
        parameters: {
            query?: {
                cursor?: string;
                isCold?: boolean;
                limit?: number;
                scopeId?: string;
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HeatingVisit"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    recordHeatingVisit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHeatingVisit"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listHotlineFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            faults: {
                                /** @enum {string} */
                                code: "required" | "number_invalid" | "too_long" | "date_invalid" | "due_before_received" | "in_future" | "urgency_unknown" | "yes_no" | "phone_invalid" | "twice_other_due" | "twice_same" | "known_other_due" | "repeat_unknown" | "repeat_self";
                                field: ("number" | "receivedAt" | "dueAt" | "urgency" | "topic" | "description" | "placeText" | "compound" | "callerName" | "callerPhone" | "isConfidential" | "repeatOf") | null;
                                line: number;
                                params: {
                                    [key: string]: string | number;
                                };
                            }[];
                            /** Format: uuid */
                            id: string;
                            known: number;
                            name: string;
                            rows: number;
                            /** Format: date-time */
                            sentAt: string;
                            sentName: string;
                            taken: number;
                        }[];
                    };
                };
            };
        };
    };
    takeHotlineFile: {
        parameters: {
            query: {
                mapping?: string;
                name: string;
                trial?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HotlineBatchResult"];
                };
            };
        };
    };
    listHotlineCallbacks: {
        parameters: {
            query?: {
                cursor?: string;
                figure?: "called" | "excluded" | "valid" | "contacted" | "solved" | "satisfied" | "basically";
                limit?: number;
                month?: string;
                scopeId?: string;
                streetId?: string;
                topic?: string;
                unitId?: string;
                withoutStreet?: boolean;
                withoutTopic?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            calledAt: string;
                            /** Format: uuid */
                            caseId: string;
                            isExcluded: boolean;
                            isSolved: boolean | null;
                            isValid: boolean;
                            number: string;
                            round: number;
                            satisfaction: ("satisfied" | "basically_satisfied" | "unsatisfied") | null;
                            streetName: string | null;
                            topic: string;
                            /** Format: uuid */
                            unitId: string;
                            unitName: string;
                            wasContacted: boolean | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    listHotlineCases: {
        parameters: {
            query?: {
                compoundId?: string;
                cursor?: string;
                figure?: "received" | "replied";
                limit?: number;
                month?: string;
                number?: string;
                queue?: "mine" | "unsigned" | "late" | "objected" | "hanging" | "to_reply" | "to_call" | "exclusion" | "open" | "all";
                scopeId?: string;
                streetId?: string;
                topic?: string;
                unitId?: string;
                withoutStreet?: boolean;
                withoutTopic?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HotlineCaseItem"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    enterHotlineCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHotlineCase"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HotlineCase"];
                };
            };
        };
    };
    getHotlineCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HotlineCase"];
                };
            };
        };
    };
    revealHotlineCaller: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    purpose: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string | null;
                        phone: string | null;
                    };
                };
            };
        };
    };
    commandHotlineCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HotlineCommand"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HotlineCase"];
                };
            };
        };
    };
    listHotlineUnits: {
        parameters: {
            query?: {
                for?: "pass" | "call_in";
                words?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            kind: string;
                            name: string;
                            parentName: string | null;
                        }[];
                    };
                };
            };
        };
    };
    listHotlineClients: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        cityId: string;
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            madeAt: string;
                            madeName: string;
                            name: string;
                            revokedAt: string | null;
                            /** Format: uuid */
                            unitId: string;
                            unitName: string;
                        }[];
                    };
                };
            };
        };
    };
    makeHotlineClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** Format: uuid */
                    unitId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        client: string;
                        secret: string;
                    };
                };
            };
        };
    };
    revokeHotlineClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    reportHotlineDensity: {
        parameters: {
            query?: {
                month?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        groups: {
                            /** @enum {string} */
                            age: "before_1980" | "1980s" | "1990s" | "2000s" | "2010s" | "since_2020" | "unknown";
                            cases: number;
                            compounds: number;
                            households: number;
                            perTenThousandSquareMetres: number | null;
                            perThousandHouseholds: number | null;
                        }[];
                        period: {
                            firstDay: string;
                            /** Format: date-time */
                            from: string;
                            lastDay: string;
                            month: string;
                            /** Format: date-time */
                            to: string;
                        };
                        rows: {
                            /** @enum {string} */
                            age: "before_1980" | "1980s" | "1990s" | "2000s" | "2010s" | "since_2020" | "unknown";
                            builtYear: number | null;
                            cases: number;
                            households: number;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            perTenThousandSquareMetres: number | null;
                            perThousandHouseholds: number | null;
                        }[];
                    };
                };
            };
        };
    };
    takeHotlineCases: {
        parameters: {
            query?: never;
            header: {
                "x-gongzhi-client": string;
                "x-gongzhi-signature": string;
                "x-gongzhi-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            faults: {
                                code: string;
                                field: ("number" | "receivedAt" | "dueAt" | "urgency" | "topic" | "description" | "placeText" | "compound" | "callerName" | "callerPhone" | "isConfidential" | "repeatOf") | null;
                                params: {
                                    [key: string]: string | number;
                                };
                            }[];
                            number: string;
                            /** @enum {string} */
                            result: "taken" | "known" | "refused";
                        }[];
                    };
                };
            };
        };
    };
    listHotlineMappings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            columns: components["schemas"]["HotlineMapping"];
                            name: string;
                            /** Format: date-time */
                            savedAt: string;
                            savedName: string;
                        }[];
                    };
                };
            };
        };
    };
    saveHotlineMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HotlineMapping"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    countHotlineQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            count: number;
                            /** @enum {string} */
                            queue: "mine" | "unsigned" | "late" | "objected" | "hanging" | "to_reply" | "to_call" | "exclusion" | "open" | "all";
                        }[];
                    };
                };
            };
        };
    };
    reportHotlineRates: {
        parameters: {
            query?: {
                by?: "unit" | "street" | "topic" | "month";
                month?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mean: {
                            response: number | null;
                            satisfaction: number | null;
                            score: number | null;
                            solution: number | null;
                        };
                        period: {
                            firstDay: string;
                            /** Format: date-time */
                            from: string;
                            lastDay: string;
                            month: string;
                            /** Format: date-time */
                            to: string;
                        };
                        pooled: {
                            counts: {
                                basically: number;
                                called: number;
                                contacted: number;
                                excluded: number;
                                received: number;
                                replied: number;
                                satisfied: number;
                                solved: number;
                                valid: number;
                            };
                            rates: {
                                response: number | null;
                                satisfaction: number | null;
                                score: number | null;
                                solution: number | null;
                            };
                        };
                        rows: {
                            counts: {
                                basically: number;
                                called: number;
                                contacted: number;
                                excluded: number;
                                received: number;
                                replied: number;
                                satisfied: number;
                                solved: number;
                                valid: number;
                            };
                            key: string;
                            name: string;
                            period: {
                                firstDay: string;
                                /** Format: date-time */
                                from: string;
                                lastDay: string;
                                month: string;
                                /** Format: date-time */
                                to: string;
                            };
                            rank: number | null;
                            rates: {
                                response: number | null;
                                satisfaction: number | null;
                                score: number | null;
                                solution: number | null;
                            };
                        }[];
                        source: string | null;
                        weights: {
                            basically: number;
                            contacted: number;
                            satisfied: number;
                            solved: number;
                        };
                    };
                };
            };
        };
    };
    listInbox: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InboxItem"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    readMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readAllMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    countUnread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
        };
    };
    getContractorJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractorJob"];
                };
            };
        };
    };
    actOnContractorJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "accept" | "decline" | "arrive" | "say" | "done";
                    photoIds?: string[];
                    text?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractorJob"];
                };
            };
        };
    };
    revealContactToContractor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    uploadContractorPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractorPhoto"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            displayName: string;
                            /** Format: uuid */
                            id: string;
                            isLargeType: boolean;
                            /** @enum {string} */
                            locale: "zh-CN" | "en";
                            phoneMasked: string;
                        };
                        acting: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        };
                        /** @description Goes into the header x-csrf-token of every write */
                        csrfToken: string;
                        memberships: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        }[];
                        /** @enum {string} */
                        mode: "demo" | "production";
                        /** @description The role asks for a second factor and there is none: nothing else can be done before */
                        mustEnrol: boolean;
                        permissions: string[];
                    };
                };
            };
        };
    };
    actAs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    membershipId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            displayName: string;
                            /** Format: uuid */
                            id: string;
                            isLargeType: boolean;
                            /** @enum {string} */
                            locale: "zh-CN" | "en";
                            phoneMasked: string;
                        };
                        acting: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        };
                        /** @description Goes into the header x-csrf-token of every write */
                        csrfToken: string;
                        memberships: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        }[];
                        /** @enum {string} */
                        mode: "demo" | "production";
                        /** @description The role asks for a second factor and there is none: nothing else can be done before */
                        mustEnrol: boolean;
                        permissions: string[];
                    };
                };
            };
        };
    };
    listMyConsents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Who may act for me */
                        given: components["schemas"]["Consent"][];
                        /** @description For whom I may act */
                        held: components["schemas"]["Consent"][];
                        longestDays: number;
                        /**
                         * Format: date
                         * @description By the calendar of the place, from which days count
                         */
                        today: string;
                    };
                };
            };
        };
    };
    giveConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConsent"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
        };
    };
    withdrawMyConsent: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    exportOwnData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnData"];
                };
            };
        };
    };
    listDisclosures: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Disclosure"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getMessageSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSettings"];
                };
            };
        };
    };
    setMessageSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In the order they are tried */
                    channels: ("sms" | "wechat" | "work_chat" | "mail")[];
                    isNewsWanted: boolean;
                    quietFrom: number;
                    quietTo: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSettings"];
                };
            };
        };
    };
    enterMessageAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "wechat" | "work_chat" | "mail";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address: string;
                    /** @enum {unknown} */
                    locale: "zh-CN" | "en";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresInSeconds: number;
                        masked: string;
                    };
                };
            };
        };
    };
    removeMessageAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "wechat" | "work_chat" | "mail";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSettings"];
                };
            };
        };
    };
    confirmMessageAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "wechat" | "work_chat" | "mail";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSettings"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current?: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changePreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    isLargeType?: boolean;
                    /** @enum {string} */
                    locale?: "zh-CN" | "en";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            displayName: string;
                            /** Format: uuid */
                            id: string;
                            isLargeType: boolean;
                            /** @enum {string} */
                            locale: "zh-CN" | "en";
                            phoneMasked: string;
                        };
                        acting: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        };
                        /** @description Goes into the header x-csrf-token of every write */
                        csrfToken: string;
                        memberships: {
                            households: {
                                areaM2: string;
                                /** Format: uuid */
                                id: string;
                                label: string;
                                /** Format: uuid */
                                scopeId: string;
                            }[];
                            /** Format: uuid */
                            id: string;
                            /** @description When it is a consent: then the id is the consent’s */
                            onBehalf: {
                                /** @description Withdrawn or run out: nothing can be done any more */
                                isEnded: boolean;
                                /** @description Masked: for whom one acts */
                                name: string;
                                purposes: ("follow" | "report" | "confirm" | "pay")[];
                            } | null;
                            /** @enum {string} */
                            role: "resident" | "worker" | "steward" | "desk" | "manager" | "company" | "social_worker" | "committee" | "street" | "city" | "guard";
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            scopeKind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            scopeName: string;
                            scopes: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                                name: string;
                            }[];
                            /** @description of the place: its hours and days are meant */
                            timeZone: string;
                        }[];
                        /** @enum {string} */
                        mode: "demo" | "production";
                        /** @description The role asks for a second factor and there is none: nothing else can be done before */
                        mustEnrol: boolean;
                        permissions: string[];
                    };
                };
            };
        };
    };
    getSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        enrolledAt: string | null;
                        isEnrolled: boolean;
                        isRequired: boolean;
                        mustEnrol: boolean;
                        recoveryCodesLeft: number;
                        requiredFrom: string | null;
                    };
                };
            };
        };
    };
    beginSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Base32, for typing in */
                        secret: string;
                        /** @description otpauth://, for the QR code */
                        uri: string;
                    };
                };
            };
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    totp: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each opens one door once; shown this once */
                        recoveryCodes: string[];
                    };
                };
            };
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    totp: string;
                } | {
                    recoveryCode: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each opens one door once; shown this once */
                        recoveryCodes: string[];
                    };
                };
            };
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    totp: string;
                } | {
                    recoveryCode: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readWechatLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Null: it leads nowhere */
                        link: components["schemas"]["WechatLink"] | null;
                    };
                };
            };
        };
    };
    takeWechatLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WechatLink"];
                };
            };
        };
    };
    takeMessageReceipt: {
        parameters: {
            query?: never;
            header: {
                "x-gongzhi-signature": string;
                "x-gongzhi-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    /** @enum {unknown} */
                    outcome: "delivered" | "failed";
                    reference?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listOpen311Clients: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Clients"];
                };
            };
        };
    };
    createOpen311Client: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Open311ClientBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311NewClient"];
                };
            };
        };
    };
    revokeOpen311Client: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    readOpen311Publication: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Publication"];
                };
            };
        };
    };
    approveOpen311Text: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Open311PublicationBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Publication"];
                };
            };
        };
    };
    revealOpen311Sender: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    purpose: "callback" | "visit" | "clarify";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Sender"];
                };
            };
        };
    };
    listOpen311Services: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Services"];
                };
            };
        };
    };
    saveOpen311Service: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Open311ServiceBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Open311Service"];
                };
            };
        };
    };
    commandPatrolCheckpoint: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "watch";
                    deviceId: string | null;
                    expectedVersion: number;
                } | {
                    /** @enum {string} */
                    action: "retire";
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listPatrolFrequencies: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolFrequencies"];
                };
            };
        };
    };
    getPatrolFreed: {
        parameters: {
            query?: {
                scopeId?: string;
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolFreed"];
                };
            };
        };
    };
    listPatrolLowerings: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolLowerings"];
                };
            };
        };
    };
    proposePatrolLowering: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    checkpointId: string;
                    everyRounds: number;
                    reason: string;
                    /** Format: uuid */
                    scopeId: string;
                    untilOn: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    decidePatrolLowering: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "approve" | "decline";
                    expectedVersion: number;
                    words?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    withdrawPatrolLowering: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listOwnPatrolRounds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnPatrolRounds"];
                };
            };
        };
    };
    listPatrolRounds: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                routeId?: string;
                scopeId?: string;
                state?: "open" | "late" | "done" | "done_late" | "missed" | "spared";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRounds"];
                };
            };
        };
    };
    doPatrolCheck: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    checkpointId: string;
                    note?: string;
                    photoIds?: string[];
                    /** @enum {string} */
                    result: "well" | "finding";
                    /** Format: uuid */
                    scannedFacilityId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRound"];
                };
            };
        };
    };
    listPatrolRoutes: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatrolRoutes"];
                };
            };
        };
    };
    layOutPatrolRoute: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    checkpoints: {
                        buildingId: string | null;
                        categoryCode: string;
                        deviceId: string | null;
                        facilityId: string | null;
                        label: string;
                        minutes: number;
                        spot: string;
                    }[];
                    label: string;
                    reason: string;
                    /** Format: uuid */
                    scopeId: string;
                    timetable: {
                        everyDays: number;
                        times: number[];
                        validFrom: string;
                        withinMinutes: number;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    commandPatrolRoute: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "retime";
                    expectedVersion: number;
                    reason: string;
                    timetable: {
                        everyDays: number;
                        times: number[];
                        validFrom: string;
                        withinMinutes: number;
                    };
                } | {
                    /** @enum {string} */
                    action: "add_checkpoint";
                    checkpoint: {
                        buildingId: string | null;
                        categoryCode: string;
                        deviceId: string | null;
                        facilityId: string | null;
                        label: string;
                        minutes: number;
                        spot: string;
                    };
                    expectedVersion: number;
                } | {
                    /** @enum {string} */
                    action: "retire";
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    findPeople: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                /** @description A phone, its last four digits, characters of the name, or initials in pinyin (wxy) */
                q?: string;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PersonItem"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
        };
    };
    correctPerson: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectPersonBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonCorrected"];
                };
            };
        };
    };
    planErasure: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
        };
    };
    erasePerson: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonalReason"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
        };
    };
    exportPerson: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonalReason"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonData"];
                };
            };
        };
    };
    revealPerson: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                personId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
        };
    };
    listDepartments: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            companyId: string;
                            companyName: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
        };
    };
    commandGrid: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                gridId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "rename";
                    expectedVersion: number;
                    name: string;
                } | {
                    /** @description Null: nobody for now */
                    accountId: string | null;
                    /** @enum {string} */
                    action: "set_half";
                    expectedVersion: number;
                    /** @enum {string} */
                    half: "steward" | "social_worker";
                } | {
                    /** @enum {string} */
                    action: "assign";
                    /** Format: uuid */
                    buildingId: string;
                    expectedVersion: number;
                    householdIds?: string[];
                    /** Format: uuid */
                    unitId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        grid: {
                            code: string;
                            householdCount: number;
                            /** Format: uuid */
                            id: string;
                            /** @description Who kept it and when, the newest first */
                            keepers: {
                                /** @enum {string} */
                                half: "steward" | "social_worker";
                                lastDay: string | null;
                                name: string;
                                /** Format: date */
                                startsOn: string;
                            }[];
                            name: string;
                            /**
                             * @description Against the 300 to 500 households of GB/T 34300-2017
                             * @enum {string}
                             */
                            size: "small" | "fit" | "large";
                            socialWorkerAccountId: string | null;
                            socialWorkerName: string | null;
                            stewardAccountId: string | null;
                            stewardName: string | null;
                            version: number;
                        };
                        movedHouseholds: number;
                    };
                };
            };
        };
    };
    listOwnGrids: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buildingNames: string[];
                            code: string;
                            /** @enum {string} */
                            half: "steward" | "social_worker";
                            householdCount: number;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            partnerName: string | null;
                            /** Format: uuid */
                            scopeId: string;
                            scopeName: string;
                        }[];
                    };
                };
            };
        };
    };
    getHousehold: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                householdId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Square metres with two decimals */
                        areaM2: string;
                        /** Format: uuid */
                        buildingId: string;
                        buildingName: string;
                        coming: components["schemas"]["Tie"][];
                        floor: number;
                        former: components["schemas"]["Tie"][];
                        grid: {
                            code: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            socialWorkerName: string | null;
                            stewardName: string | null;
                        } | null;
                        /** Format: uuid */
                        id: string;
                        label: string;
                        people: components["schemas"]["Tie"][];
                        roomNo: string;
                        /** Format: uuid */
                        scopeId: string;
                        scopeName: string;
                        unitName: string;
                        version: number;
                    };
                };
            };
        };
    };
    commandHousehold: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                householdId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResidenceCommand"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Square metres with two decimals */
                        areaM2: string;
                        /** Format: uuid */
                        buildingId: string;
                        buildingName: string;
                        coming: components["schemas"]["Tie"][];
                        floor: number;
                        former: components["schemas"]["Tie"][];
                        grid: {
                            code: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            socialWorkerName: string | null;
                            stewardName: string | null;
                        } | null;
                        /** Format: uuid */
                        id: string;
                        label: string;
                        people: components["schemas"]["Tie"][];
                        roomNo: string;
                        /** Format: uuid */
                        scopeId: string;
                        scopeName: string;
                        unitName: string;
                        version: number;
                    };
                };
            };
        };
    };
    getImportTemplate: {
        parameters: {
            query: {
                format: "xlsx" | "csv";
                locale: "zh-CN" | "en";
            };
            header?: never;
            path: {
                kind: "areas" | "compounds" | "buildings" | "households" | "people";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query: {
                cursor?: string;
                limit?: number;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    sendImport: {
        parameters: {
            query: {
                kind: "areas" | "compounds" | "buildings" | "households" | "people";
                locale?: "zh-CN" | "en";
                name: string;
                scopeId: string;
                sheet?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportColumns: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportColumns"];
                };
            };
        };
    };
    tellImportColumns: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TellColumns"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    listImportFaults: {
        parameters: {
            query: {
                cursor?: string;
                limit?: number;
                scopeId: string;
            };
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Its sentence is imports.fault.<code> in packages/i18n */
                            code: string;
                            /** @description As the file calls it; '' for the row as a whole */
                            column: string;
                            line: number;
                            params: {
                                [key: string]: unknown;
                            };
                            /** @description For whoever sent the file */
                            value: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    exportImportFaults: {
        parameters: {
            query: {
                format: "xlsx" | "csv";
                locale: "zh-CN" | "en";
                scopeId: string;
            };
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    startImport: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Import the good rows and leave the wrong ones out */
                    skipRejected: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    listOrganisations: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "property_company" | "project_department" | "residents_committee" | "street_office" | "city_government" | "property_right_unit" | "security_company" | "utility_company" | "supplier";
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Owned today, of those within reach */
                            buildingCount: number;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "property_company" | "project_department" | "residents_committee" | "street_office" | "city_government" | "property_right_unit" | "security_company" | "utility_company" | "supplier";
                            name: string;
                            /** Format: uuid */
                            scopeId: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createOrganisation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "property_right_unit" | "security_company" | "utility_company" | "supplier";
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "property_company" | "project_department" | "residents_committee" | "street_office" | "city_government" | "property_right_unit" | "security_company" | "utility_company" | "supplier";
                        name: string;
                        /** Format: uuid */
                        scopeId: string;
                    };
                };
            };
        };
    };
    listOwnedBuildings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            buildingId: string;
                            buildingName: string;
                            /** Format: uuid */
                            scopeId: string;
                            scopeName: string;
                            /** Format: date */
                            since: string;
                        }[];
                    };
                };
            };
        };
    };
    listScopes: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            communityName: string | null;
                            companyName: string | null;
                            /** @description Compounds only; null for residents */
                            householdCount: number | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            name: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getScope: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address: string | null;
                        builtYear: number | null;
                        city: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        code: string | null;
                        community: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        company: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        counts: {
                            buildings: number;
                            compounds: number;
                            facilities: number;
                            grids: number;
                            /** @description Null for residents */
                            households: number | null;
                            units: number;
                        };
                        department: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                        name: string;
                        street: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                    };
                };
            };
        };
    };
    listBuildings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            floors: number;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            units: {
                                /** @description Null for residents */
                                householdCount: number | null;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getBuildingPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                buildingId: string;
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        floors: number;
                        /** Format: uuid */
                        id: string;
                        /** @description There are more rooms than are shown */
                        isCut: boolean;
                        name: string;
                        rooms: {
                            floor: number;
                            gridId: string | null;
                            /** Format: uuid */
                            householdId: string;
                            label: string;
                            roomNo: string;
                            /** Format: uuid */
                            unitId: string;
                        }[];
                        units: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
        };
    };
    listFacilities: {
        parameters: {
            query?: {
                buildingId?: string;
                cursor?: string;
                id?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buildingId: string | null;
                            /** Format: uuid */
                            id: string;
                            kind: string;
                            label: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    listGrids: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            code: string;
                            householdCount: number;
                            /** Format: uuid */
                            id: string;
                            /** @description Who kept it and when, the newest first */
                            keepers: {
                                /** @enum {string} */
                                half: "steward" | "social_worker";
                                lastDay: string | null;
                                name: string;
                                /** Format: date */
                                startsOn: string;
                            }[];
                            name: string;
                            /**
                             * @description Against the 300 to 500 households of GB/T 34300-2017
                             * @enum {string}
                             */
                            size: "small" | "fit" | "large";
                            socialWorkerAccountId: string | null;
                            socialWorkerName: string | null;
                            stewardAccountId: string | null;
                            stewardName: string | null;
                            version: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createGrid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        householdCount: number;
                        /** Format: uuid */
                        id: string;
                        /** @description Who kept it and when, the newest first */
                        keepers: {
                            /** @enum {string} */
                            half: "steward" | "social_worker";
                            lastDay: string | null;
                            name: string;
                            /** Format: date */
                            startsOn: string;
                        }[];
                        name: string;
                        /**
                         * @description Against the 300 to 500 households of GB/T 34300-2017
                         * @enum {string}
                         */
                        size: "small" | "fit" | "large";
                        socialWorkerAccountId: string | null;
                        socialWorkerName: string | null;
                        stewardAccountId: string | null;
                        stewardName: string | null;
                        version: number;
                    };
                };
            };
        };
    };
    listHouseholds: {
        parameters: {
            query?: {
                buildingId?: string;
                cursor?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Square metres with two decimals */
                            areaM2: string;
                            /** Format: uuid */
                            buildingId: string;
                            buildingName: string;
                            floor: number;
                            /** Format: uuid */
                            id: string;
                            label: string;
                            roomNo: string;
                            unitName: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    listOwners: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            buildingId: string;
                            buildingName: string;
                            organisationId: string | null;
                            organisationName: string | null;
                            periods: {
                                lastDay: string | null;
                                /** Format: uuid */
                                organisationId: string;
                                organisationName: string;
                                /** Format: date */
                                startsOn: string;
                            }[];
                            since: string | null;
                        }[];
                    };
                };
            };
        };
    };
    setOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    buildingId: string;
                    /** @description Null: no property-right unit any more */
                    organisationId: string | null;
                    /** Format: date */
                    startsOn: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            buildingId: string;
                            buildingName: string;
                            organisationId: string | null;
                            organisationName: string | null;
                            periods: {
                                lastDay: string | null;
                                /** Format: uuid */
                                organisationId: string;
                                organisationName: string;
                                /** Format: date */
                                startsOn: string;
                            }[];
                            since: string | null;
                        }[];
                    };
                };
            };
        };
    };
    exportPeople: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PeopleExportBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServicePeriods: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            company: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            department: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            lastDay: string | null;
                            /** Format: date */
                            startsOn: string;
                        }[];
                    };
                };
            };
        };
    };
    listStaff: {
        parameters: {
            query?: {
                skill?: string;
            };
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            accountId: string;
                            displayName: string;
                            role: string;
                            skills: string[];
                            /** Format: uuid */
                            staffId: string;
                            title: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    planTakeover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    decidedBy: string;
                    documentNumber: string;
                    /** Format: date */
                    effectiveOn: string;
                    /** @enum {string} */
                    kind: "contract" | "handover" | "emergency";
                    /** @description Of an emergency service; needed there, unused elsewhere */
                    lastDay?: string | null;
                    note?: string;
                    /** Format: uuid */
                    toDepartmentId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "planned" | "applied" | "done" | "cancelled";
                        version: number;
                    };
                };
            };
        };
    };
    listServedByOthers: {
        parameters: {
            query: {
                q?: string;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            companyName: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                            streetName: string | null;
                        }[];
                    };
                };
            };
        };
    };
    listTakeovers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            appliedAt: string | null;
                            cancelledAt: string | null;
                            cancelledReason: string | null;
                            decidedBy: string;
                            documentNumber: string;
                            doneAt: string | null;
                            /** Format: date */
                            effectiveOn: string;
                            fromCompany: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            fromDepartment: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "contract" | "handover" | "emergency";
                            lastDay: string | null;
                            mayChange: boolean;
                            note: string | null;
                            ordersPassed: number;
                            /** Format: date-time */
                            plannedAt: string;
                            plannedByRole: string;
                            /** Format: uuid */
                            scopeId: string;
                            scopeName: string;
                            /** @enum {string} */
                            state: "planned" | "applied" | "done" | "cancelled";
                            toCompany: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            toDepartment: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            version: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    commandTakeover: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                takeoverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "change";
                    decidedBy: string;
                    documentNumber: string;
                    /** Format: date */
                    effectiveOn: string;
                    expectedVersion: number;
                    /** @enum {string} */
                    kind: "contract" | "handover" | "emergency";
                    /** @description Of an emergency service; needed there, unused elsewhere */
                    lastDay?: string | null;
                    note?: string;
                    /** Format: uuid */
                    toDepartmentId: string;
                } | {
                    /** @enum {string} */
                    action: "cancel";
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "planned" | "applied" | "done" | "cancelled";
                        version: number;
                    };
                };
            };
        };
    };
    listTree: {
        parameters: {
            query: {
                by: "place" | "company";
                cursor?: string;
                limit?: number;
                q?: string;
                under?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            company: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /** @description Null for a compound itself */
                            compounds: number | null;
                            department: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /** @description Compounds only */
                            households: number | null;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "compound" | "company" | "department" | "organisation";
                            name: string;
                            servedSince: string | null;
                            /** @description Who works for it itself today; null for compounds */
                            staff: number | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    listPreventionProjects: {
        parameters: {
            query?: {
                all?: boolean;
                cursor?: string;
                limit?: number;
                scopeId?: string;
                state?: "proposed" | "accepted" | "declined" | "watched" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreventionProjects"];
                };
            };
        };
    };
    getPreventionProject: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreventionProject"];
                };
            };
        };
    };
    commandPreventionProject: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "accept";
                    cause?: string;
                    expectedVersion: number;
                } | {
                    /** @enum {string} */
                    action: "decline";
                    expectedVersion: number;
                    reason: string;
                } | {
                    /** @enum {string} */
                    action: "add_step";
                    dueOn: string;
                    expectedVersion: number;
                    /** Format: uuid */
                    ownerAccountId: string;
                    what: string;
                } | {
                    /** @enum {string} */
                    action: "finish_step";
                    expectedVersion: number;
                    note?: string;
                    stepNo: number;
                } | {
                    /** @enum {string} */
                    action: "drop_step";
                    expectedVersion: number;
                    reason: string;
                    stepNo: number;
                } | {
                    /** @enum {string} */
                    action: "finish";
                    cause?: string;
                    expectedVersion: number;
                    workDone: string;
                } | {
                    /** @enum {string} */
                    action: "take_up_again";
                    expectedVersion: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreventionProject"];
                };
            };
        };
    };
    listPreventionRisks: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreventionRisks"];
                };
            };
        };
    };
    listAlarms: {
        parameters: {
            query?: {
                cursor?: string;
                deviceId?: string;
                isOpen?: boolean;
                limit?: number;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alarms"];
                };
            };
        };
    };
    listDevices: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "water" | "lift" | "pump" | "gate" | "smoke" | "thermometer" | "meter" | "gateway";
                limit?: number;
                scopeId?: string;
                state?: "alarm" | "silent" | "never" | "ok" | "retired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Devices"];
                };
            };
        };
    };
    registerDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    buildingId: string | null;
                    facilityId: string | null;
                    gatewayId: string | null;
                    /** @enum {string} */
                    kind: "water" | "lift" | "pump" | "gate" | "smoke" | "thermometer" | "meter" | "gateway";
                    label: string;
                    /** Format: uuid */
                    scopeId: string;
                    spot: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    getDevice: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceDetail"];
                };
            };
        };
    };
    commandDevice: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "change";
                    buildingId: string | null;
                    expectedVersion: number;
                    facilityId: string | null;
                    gatewayId: string | null;
                    label: string;
                    spot: string;
                } | {
                    /** @enum {string} */
                    action: "retire";
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    issueDeviceSecret: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceCredentials"];
                };
            };
        };
    };
    plotDevice: {
        parameters: {
            query: {
                from: string;
                scopeId: string;
                to: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DevicePlot"];
                };
            };
        };
    };
    sendReadings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SensorReadings"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SensorReadingsTaken"];
                };
            };
        };
    };
    getSensorRules: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SensorRules"];
                };
            };
        };
    };
    saveSensorRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    categoryCode: string;
                    clearForSeconds: number;
                    condition: {
                        clearAt: number;
                        /** @enum {string} */
                        is: "above";
                        raiseAt: number;
                    } | {
                        clearAt: number;
                        /** @enum {string} */
                        is: "below";
                        raiseAt: number;
                    } | {
                        afterSeconds: number;
                        goneAfterSeconds: number;
                        /** @enum {string} */
                        is: "silent";
                    };
                    expectedVersion: number;
                    forSeconds: number;
                    isActive: boolean;
                    quiet: {
                        from: number;
                        to: number;
                    } | null;
                    restSeconds: number;
                    /** Format: uuid */
                    scopeId: string;
                    source: string;
                    validFrom: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SensorRules"];
                };
            };
        };
    };
    readSlip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Null: the code opens nothing, or nothing any more */
                        slip: components["schemas"]["SlipStatus"] | null;
                    };
                };
            };
        };
    };
    listStaffEntries: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            accountId: string;
                            displayName: string;
                            hasSecondFactor: boolean;
                            /** @description Works here today */
                            isHere: boolean;
                            lastDay: string | null;
                            mayChange: boolean;
                            phoneMasked: string | null;
                            role: string;
                            /** Format: uuid */
                            scopeId: string;
                            skills: {
                                certificateNo: string | null;
                                /** @description A lapsed certificate is no skill */
                                isValid: boolean;
                                skill: string;
                                validUntil: string | null;
                            }[];
                            /** Format: uuid */
                            staffId: string;
                            /** Format: date */
                            startsOn: string;
                            title: string;
                            version: number;
                        }[];
                        /** @description Roles that you may give here */
                        roles: ("worker" | "steward" | "desk" | "manager" | "guard" | "company" | "social_worker" | "committee" | "street" | "city")[];
                        scopeName: string;
                    };
                };
            };
        };
    };
    hireStaff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName: string;
                    phone: string;
                    /** @enum {string} */
                    role: "worker" | "steward" | "desk" | "manager" | "guard" | "company" | "social_worker" | "committee" | "street" | "city";
                    /** Format: uuid */
                    scopeId: string;
                    /** Format: date */
                    startsOn?: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        staffId: string;
                        version: number;
                    };
                };
            };
        };
    };
    getStaffEntry: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                staffId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        accountId: string;
                        displayName: string;
                        hasSecondFactor: boolean;
                        /** @description Works here today */
                        isHere: boolean;
                        lastDay: string | null;
                        mayChange: boolean;
                        phoneMasked: string | null;
                        role: string;
                        /** Format: uuid */
                        scopeId: string;
                        skills: {
                            certificateNo: string | null;
                            /** @description A lapsed certificate is no skill */
                            isValid: boolean;
                            skill: string;
                            validUntil: string | null;
                        }[];
                        /** Format: uuid */
                        staffId: string;
                        /** Format: date */
                        startsOn: string;
                        title: string;
                        version: number;
                    };
                };
            };
        };
    };
    commandStaff: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                staffId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "rename";
                    displayName: string;
                    expectedVersion: number;
                    title: string;
                } | {
                    /** @enum {string} */
                    action: "change_role";
                    expectedVersion: number;
                    /** @enum {string} */
                    role: "worker" | "steward" | "desk" | "manager" | "guard" | "company" | "social_worker" | "committee" | "street" | "city";
                } | {
                    /** @enum {string} */
                    action: "end";
                    expectedVersion: number;
                    /** @description The last day of work; yesterday ends it at once, null takes an ending back */
                    lastDay: string | null;
                } | {
                    /** @enum {string} */
                    action: "set_skill";
                    certificateNo: string | null;
                    expectedVersion: number;
                    /** @enum {string} */
                    skill: "plumbing" | "electrical" | "carpentry" | "lift" | "heating" | "gas" | "fire" | "security" | "cleaning" | "greening" | "access_control" | "delivery" | "care" | "office";
                    validUntil: string | null;
                } | {
                    /** @enum {string} */
                    action: "end_skill";
                    expectedVersion: number;
                    /** @enum {string} */
                    skill: "plumbing" | "electrical" | "carpentry" | "lift" | "heating" | "gas" | "fire" | "security" | "cleaning" | "greening" | "access_control" | "delivery" | "care" | "office";
                } | {
                    /** @enum {string} */
                    action: "reset_second_factor";
                    expectedVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        staffId: string;
                        version: number;
                    };
                };
            };
        };
    };
    listPhoneCalls: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PhoneCall"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getPhoneDesk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneDesk"];
                };
            };
        };
    };
    takePhoneEvents: {
        parameters: {
            query?: never;
            header: {
                "x-gongzhi-line": string;
                "x-gongzhi-signature": string;
                "x-gongzhi-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            eventId: string;
                            faults: {
                                /** @enum {string} */
                                code: "required" | "type" | "unknown" | "too_long" | "date_invalid" | "in_future" | "too_old" | "phone_invalid" | "other_number" | "other_direction";
                                field: string;
                            }[];
                            /** @enum {string} */
                            result: "taken" | "known" | "refused";
                        }[];
                    };
                };
            };
        };
    };
    listPhoneLines: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PhoneLine"][];
                        /** Format: uuid */
                        scopeId: string;
                    };
                };
            };
        };
    };
    makePhoneLine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** Format: uuid */
                    scopeId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        line: string;
                        secret: string;
                    };
                };
            };
        };
    };
    revokePhoneLine: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    takePhoneSeat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    extension: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        extension: string | null;
                    };
                };
            };
        };
    };
    listPhoneTasks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PhoneTask"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    claimPhoneTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string;
                        /** Format: date-time */
                        until: string;
                    };
                };
            };
        };
    };
    sayPhoneTaskOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of how many missed calls it is said: one that came meanwhile is not ended with them */
                    missedCount: number;
                    /** @enum {string} */
                    outcome: "reached" | "unreachable" | "not_needed";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outcome: ("reached" | "unreachable" | "not_needed" | "called_again" | "answered") | null;
                    };
                };
            };
        };
    };
    listWorkOrders: {
        parameters: {
            query?: {
                assignee?: "me";
                assigneeId?: string;
                building?: string;
                category?: string;
                cursor?: string;
                figure?: "all" | "done" | "on_time" | "late" | "first_time" | "reopened" | "second_visit" | "rated" | "satisfied" | "basically_satisfied" | "unsatisfied";
                follower?: "me";
                from?: string;
                householdId?: string;
                kind?: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
                late?: boolean;
                limit?: number;
                priority?: "normal" | "high" | "urgent";
                /** @description beginning of an order number */
                q?: string;
                queue?: "unassigned" | "due_hour" | "late" | "callback" | "disputed" | "waiting_resident" | "open" | "mine" | "all";
                reporter?: "me";
                scopeId?: string;
                sort?: "created" | "due";
                /** @description comma list of statuses */
                status?: string;
                to?: string;
                /** @description words of the description or the place; staff only */
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WorkOrderRow"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createWorkOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWorkOrder"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
        };
    };
    getWorkOrder: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
        };
    };
    claimCallback: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description null: nobody is left to be called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimedCallback"];
                };
            };
        };
    };
    releaseCallback: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description null: nobody is left to be called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimedCallback"];
                };
            };
        };
    };
    listCalls: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallList"];
                };
            };
        };
    };
    listCandidates: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Candidate"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    commandWorkOrder: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkOrderCommand"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
        };
    };
    revealContact: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    purpose: "callback" | "visit" | "clarify";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    getContractorLink: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
                linkId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobLink"];
                };
            };
        };
    };
    followWorkOrder: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
        };
    };
    getFieldHistory: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FieldChange"][];
                    };
                };
            };
        };
    };
    printSlip: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slip"];
                };
            };
        };
    };
    revokeSlips: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
        };
    };
    getTimeline: {
        parameters: {
            query: {
                cursor?: string;
                limit?: number;
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TimelineEntry"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    unfollowWorkOrder: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrder"];
                };
            };
        };
    };
    getJobSheet: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobSheet"];
                };
            };
        };
    };
    commandWorking: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkingCommand"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkingAnswer"];
                };
            };
        };
    };
    getCalendar: {
        parameters: {
            query: {
                from: string;
                scopeId: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
        };
    };
    saveCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    days: {
                        date: string;
                        /** @enum {string} */
                        mark: "holiday" | "makeup";
                    }[];
                    /** @description the version that was changed; 0 for a first one */
                    expectedVersion: number;
                    hours: {
                        from: number;
                        to: number;
                    }[] | null;
                    knownTo: string | null;
                    /** Format: uuid */
                    scopeId: string;
                    source: string;
                    validFrom: string;
                    weekdays: number[] | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarVersion"];
                };
            };
        };
    };
    listCallbacks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CallbackRow"][];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    claimNextCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    scopeId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description null: nobody is left to be called */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimedCallback"];
                };
            };
        };
    };
    reportCallbackRates: {
        parameters: {
            query?: {
                from?: string;
                scopeId?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackRates"];
                };
            };
        };
    };
    getCallbackRules: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackRuleTable"];
                };
            };
        };
    };
    saveCallbackRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCallbackRules"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackRuleVersion"];
                };
            };
        };
    };
    getCallbackScript: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackScript"];
                };
            };
        };
    };
    writeCallbackScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCallbackScript"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackScript"];
                };
            };
        };
    };
    recogniseCaller: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    phone: string;
                    /** Format: uuid */
                    scopeId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Caller"];
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Category"][];
                        learnt: {
                            code: string;
                            weight: number;
                            word: string;
                        }[];
                    };
                };
            };
        };
    };
    previewClocks: {
        parameters: {
            query: {
                arriveMinutes?: number;
                at: string;
                calendar: "always" | "working";
                resolveMinutes: number;
                respondMinutes: number;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedClocks"];
                };
            };
        };
    };
    listCatalogueEntries: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        earliest: string;
                        items: components["schemas"]["CatalogueEntry"][];
                        mayEdit: boolean;
                        /** Format: uuid */
                        scopeId: string;
                        scopeName: string;
                    };
                };
            };
        };
    };
    saveCategoryVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    arriveMinutes: number | null;
                    /** @enum {string} */
                    calendar: "always" | "working";
                    /** @enum {string} */
                    duty: "inside_home" | "common_in_warranty" | "common_out_of_warranty" | "utility" | "upstairs_neighbour" | "property_service" | "not_property";
                    /** @description the version that was changed; 0 for a first one */
                    expectedVersion: number;
                    isActive: boolean;
                    keywordsEn: string[];
                    keywordsZh: string[];
                    nameEn: string;
                    nameZh: string;
                    photosRequired: boolean;
                    reason: string;
                    resolveMinutes: number;
                    respondMinutes: number;
                    /** Format: uuid */
                    scopeId: string;
                    validFrom: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryVersion"];
                };
            };
        };
    };
    listCategoryVersions: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CategoryVersion"][];
                    };
                };
            };
        };
    };
    whatIf: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    changes: {
                        arriveMinutes: number | null;
                        /** @enum {string} */
                        calendar: "always" | "working";
                        categoryCode: string;
                        resolveMinutes: number;
                        respondMinutes: number;
                    }[];
                    from: string;
                    /** Format: uuid */
                    scopeId: string;
                    to: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIf"];
                };
            };
        };
    };
    getColumns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListColumns"];
                };
            };
        };
    };
    keepColumns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListColumns"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListColumns"];
                };
            };
        };
    };
    listDeskPhones: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskPhones"];
                };
            };
        };
    };
    setDeskPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scopeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeskPhoneBody"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskPhoneBody"];
                };
            };
        };
    };
    getDuties: {
        parameters: {
            query: {
                category?: string;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        earliest: string;
                        items: components["schemas"]["DutyRule"][];
                        mayEdit: boolean;
                        receivers: components["schemas"]["Receiver"][];
                        /** Format: uuid */
                        scopeId: string;
                    };
                };
            };
        };
    };
    saveDuty: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                duty: "inside_home" | "common_in_warranty" | "common_out_of_warranty" | "utility" | "upstairs_neighbour" | "property_service" | "not_property";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    categoryCode: string | null;
                    /** @enum {string} */
                    doer: "company" | "receiver" | "resident";
                    /** @description the version that was changed; 0 for a first one */
                    expectedVersion: number;
                    /** @enum {string} */
                    payer: "resident" | "owners" | "company" | "developer" | "receiver" | "cause";
                    receiverCode: string | null;
                    /** Format: uuid */
                    scopeId: string;
                    sentenceEn: string;
                    sentenceZh: string;
                    source: string;
                    validFrom: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyRule"];
                };
            };
        };
    };
    listSavedFilters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        countLimit: number;
                        items: components["schemas"]["SavedFilter"][];
                    };
                };
            };
        };
    };
    saveFilter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the version that was changed; 0 for a new one */
                    expectedVersion: number;
                    isShared: boolean;
                    name: string;
                    position: number;
                    query: components["schemas"]["FilterQuery"];
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
        };
    };
    removeFilter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listHandovers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        colleagues: {
                            /** Format: uuid */
                            accountId: string;
                            displayName: string;
                            openOrders: number;
                            title: string;
                        }[];
                        items: components["schemas"]["Handover"][];
                    };
                };
            };
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        note: string;
                        /** Format: uuid */
                        orderId: string;
                        /** Format: uuid */
                        scopeId: string;
                    }[];
                    /** Format: uuid */
                    toAccountId: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string | null;
                    };
                };
            };
        };
    };
    answerHandover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                handoverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    answer: "accept" | "decline" | "withdraw";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
        };
    };
    listHouseholdBills: {
        parameters: {
            query: {
                cursor?: string;
                householdId: string;
                limit?: number;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseholdBills"];
                };
            };
        };
    };
    listLeftOrders: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            assigneeName: string | null;
                            categoryCode: string;
                            /** Format: uuid */
                            id: string;
                            notes: {
                                actorName: string | null;
                                /** Format: date-time */
                                at: string;
                                text: string;
                            }[];
                            number: string;
                            /** Format: date-time */
                            passedAt: string;
                            placeLabel: string;
                            /** Format: uuid */
                            scopeId: string;
                            status: string;
                            to: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    readGridDay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callbacks: {
                            categoryNameEn: string;
                            categoryNameZh: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            isEmergency: boolean;
                            isLate: boolean;
                            /** @enum {string} */
                            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
                            nextDueAt: string | null;
                            number: string;
                            placeLabel: string;
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
                        }[];
                        /** @description Special needs and emergencies: matters, not persons */
                        care: {
                            categoryNameEn: string;
                            categoryNameZh: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            isEmergency: boolean;
                            isLate: boolean;
                            /** @enum {string} */
                            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
                            nextDueAt: string | null;
                            number: string;
                            placeLabel: string;
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
                        }[];
                        counts: {
                            callbacks: number;
                            dueToday: number;
                            late: number;
                            open: number;
                        };
                        open: {
                            categoryNameEn: string;
                            categoryNameZh: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            isEmergency: boolean;
                            isLate: boolean;
                            /** @enum {string} */
                            kind: "repair" | "complaint" | "consultation" | "suggestion" | "special_need" | "found_by_staff";
                            nextDueAt: string | null;
                            number: string;
                            placeLabel: string;
                            /** Format: uuid */
                            scopeId: string;
                            /** @enum {string} */
                            status: "submitted" | "triaged" | "assigned" | "accepted" | "departed" | "arrived" | "in_progress" | "paused" | "finished" | "confirmed" | "closed" | "disputed" | "split" | "cancelled";
                        }[];
                        /** @description Public places where several things are open, or one that came again */
                        spots: {
                            isAgain: boolean;
                            late: number;
                            open: number;
                            placeLabel: string;
                        }[];
                    };
                };
            };
        };
    };
    readOwnRatings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description null: too few to say anything */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnRatings"];
                };
            };
        };
    };
    listNotes: {
        parameters: {
            query: {
                householdId?: string;
                orderId?: string;
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Note"][];
                    };
                };
            };
        };
    };
    addNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    isPinned?: boolean;
                    /** Format: uuid */
                    scopeId: string;
                    /** @enum {string} */
                    subject: "order" | "household";
                    /** Format: uuid */
                    subjectId: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
        };
    };
    changeNote: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    change: "pin" | "unpin" | "remove";
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Note"][];
                    };
                };
            };
        };
    };
    listOpenPlaces: {
        parameters: {
            query: {
                scopeId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buildingId: string | null;
                            householdId: string | null;
                            late: number;
                            open: number;
                        }[];
                    };
                };
            };
        };
    };
    listPrices: {
        parameters: {
            query: {
                code?: string;
                coming?: boolean;
                scopeId: string;
                withdrawn?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Price"][];
                    };
                };
            };
        };
    };
    addPrice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPrice"];
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Price"];
                };
            };
        };
    };
    countQueues: {
        parameters: {
            query?: {
                scopeId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueCounts"];
                };
            };
        };
    };
    saveReceiver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the version that was changed; 0 for a first one */
                    expectedVersion: number;
                    hours: string;
                    isActive: boolean;
                    /** @enum {string} */
                    kind: "water" | "power" | "gas" | "heating" | "telecom" | "police" | "fire" | "medical" | "city" | "street" | "other";
                    nameEn: string;
                    nameZh: string;
                    phone: string;
                    /** Format: uuid */
                    scopeId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receiver"];
                };
            };
        };
    };
    compareWork: {
        parameters: {
            query: {
                by: "worker" | "category" | "building" | "place" | "department";
                from: string;
                scopeId?: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
        };
    };
    reportOnTime: {
        parameters: {
            query: {
                by: "category" | "month" | "place";
                /** @description first day of reporting, in the time zone of the scope */
                from?: string;
                /** @description narrows to a compound, community, street, company or department */
                scopeId?: string;
                /** @description last day of reporting, in the time zone of the scope */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnTimeReport"];
                };
            };
        };
    };
    listSimilar: {
        parameters: {
            query: {
                buildingId?: string;
                category: string;
                facilityId?: string;
                scopeId: string;
                spot?: string;
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SimilarWorkOrder"][];
                    };
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                isActive?: boolean;
                purpose?: "comment" | "callback" | "close";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AnswerTemplate"][];
                    };
                };
            };
        };
    };
    saveTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the version that was changed; 0 for a new one */
                    expectedVersion: number;
                    isActive: boolean;
                    name: string;
                    /** @enum {string} */
                    purpose: "comment" | "callback" | "close";
                    textEn: string;
                    textZh: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplate"];
                };
            };
        };
    };
    listTemplateVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AnswerTemplate"][];
                    };
                };
            };
        };
    };
    suggestTriage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    place?: "home" | "public";
                    /** Format: uuid */
                    scopeId: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Triage"];
                };
            };
        };
    };
}
