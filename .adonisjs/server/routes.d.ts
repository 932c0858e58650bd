import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'dashboard.locale.update': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'dashboard.cockpit.show': { paramsTuple?: []; params?: {} }
    'dashboard.units.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'dashboard.inbox.index': { paramsTuple?: []; params?: {} }
    'dashboard.inbox.count': { paramsTuple?: []; params?: {} }
    'dashboard.search.index': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.show': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.store': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.people': { paramsTuple?: []; params?: {} }
    'accounts.session.create': { paramsTuple?: []; params?: {} }
    'accounts.session.store': { paramsTuple?: []; params?: {} }
    'accounts.session.code': { paramsTuple?: []; params?: {} }
    'accounts.session.store_code': { paramsTuple?: []; params?: {} }
    'accounts.session.destroy': { paramsTuple?: []; params?: {} }
    'accounts.session.destroy_all': { paramsTuple?: []; params?: {} }
    'accounts.password.edit': { paramsTuple?: []; params?: {} }
    'accounts.password.update': { paramsTuple?: []; params?: {} }
    'accounts.security.show': { paramsTuple?: []; params?: {} }
    'accounts.totp.enable': { paramsTuple?: []; params?: {} }
    'accounts.totp.disable': { paramsTuple?: []; params?: {} }
    'accounts.email.update': { paramsTuple?: []; params?: {} }
    'accounts.colleagues': { paramsTuple?: []; params?: {} }
    'accounts.delegations.store': { paramsTuple?: []; params?: {} }
    'accounts.delegations.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.users.index': { paramsTuple?: []; params?: {} }
    'accounts.users.create': { paramsTuple?: []; params?: {} }
    'accounts.users.store': { paramsTuple?: []; params?: {} }
    'accounts.users.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.users.reset': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.users.state': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.grants.index': { paramsTuple?: []; params?: {} }
    'accounts.grants.create': { paramsTuple?: []; params?: {} }
    'accounts.grants.departments': { paramsTuple?: []; params?: {} }
    'accounts.grants.cases': { paramsTuple?: []; params?: {} }
    'accounts.grants.store': { paramsTuple?: []; params?: {} }
    'accounts.grants.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.grants.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'audit.events.index': { paramsTuple?: []; params?: {} }
    'audit.events.export': { paramsTuple?: []; params?: {} }
    'calendar.years.index': { paramsTuple?: []; params?: {} }
    'calendar.years.show': { paramsTuple: [ParamValue]; params: {'year': ParamValue} }
    'calendar.years.confirm': { paramsTuple: [ParamValue]; params: {'year': ParamValue} }
    'calendar.days.edit': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'calendar.days.update': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'decisions.decisions.index': { paramsTuple?: []; params?: {} }
    'decisions.decisions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.proposals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.returns.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.replacements.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.replacements.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.documents.index': { paramsTuple?: []; params?: {} }
    'decisions.documents.pick': { paramsTuple?: []; params?: {} }
    'decisions.documents.create': { paramsTuple?: []; params?: {} }
    'decisions.documents.store': { paramsTuple?: []; params?: {} }
    'decisions.documents.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.documents.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.imports.index': { paramsTuple?: []; params?: {} }
    'imports.imports.create': { paramsTuple?: []; params?: {} }
    'imports.imports.store': { paramsTuple?: []; params?: {} }
    'imports.imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.mappings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.mappings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.commits.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.undos.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.discards.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.retries.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.rejected.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.tree.show': { paramsTuple?: []; params?: {} }
    'organization.units.index': { paramsTuple?: []; params?: {} }
    'organization.units.pick': { paramsTuple?: []; params?: {} }
    'organization.units.create': { paramsTuple?: []; params?: {} }
    'organization.units.store': { paramsTuple?: []; params?: {} }
    'organization.units.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_facts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_facts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.end': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'nameId': ParamValue} }
    'organization.departments.pick': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.pick': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.index': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.create': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.store': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota.index': { paramsTuple?: []; params?: {} }
    'organization.quota.export': { paramsTuple?: []; params?: {} }
    'organization.quota_entries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_entries.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_movements.create': { paramsTuple?: []; params?: {} }
    'organization.quota_movements.store': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.index': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.create': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.store': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_exceptions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_exceptions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_exceptions.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.index': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.create': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.store': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.release': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.index': { paramsTuple?: []; params?: {} }
    'people.persons.export': { paramsTuple?: []; params?: {} }
    'people.persons.pick': { paramsTuple?: []; params?: {} }
    'people.events.index': { paramsTuple?: []; params?: {} }
    'people.events.create': { paramsTuple?: []; params?: {} }
    'people.events.store': { paramsTuple?: []; params?: {} }
    'people.events.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.events.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.events.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.changes.index': { paramsTuple?: []; params?: {} }
    'people.changes.export': { paramsTuple?: []; params?: {} }
    'people.merges.index': { paramsTuple?: []; params?: {} }
    'people.merges.create': { paramsTuple?: []; params?: {} }
    'people.merges.store': { paramsTuple?: []; params?: {} }
    'people.merges.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.distinctions.store': { paramsTuple?: []; params?: {} }
    'people.distinctions.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.create': { paramsTuple?: []; params?: {} }
    'people.persons.store': { paramsTuple?: []; params?: {} }
    'people.persons.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.unmask': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.object': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.assignments.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.assignments.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.index': { paramsTuple?: []; params?: {} }
    'transfers.batches.create': { paramsTuple?: []; params?: {} }
    'transfers.batches.store': { paramsTuple?: []; params?: {} }
    'transfers.flow.show': { paramsTuple?: []; params?: {} }
    'transfers.batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.rule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.list': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.seats': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.targets': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.split': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.sign': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'step': ParamValue} }
    'transfers.moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.reversals.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.reversals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.papers.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue,'format': ParamValue} }
    'transfers.papers.unmasked': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.certificates.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'discipline.overview.show': { paramsTuple?: []; params?: {} }
    'discipline.freezes.create': { paramsTuple?: []; params?: {} }
    'discipline.freezes.store': { paramsTuple?: []; params?: {} }
    'discipline.freezes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.add_document': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.change_rule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.set_watch': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.records.index': { paramsTuple?: []; params?: {} }
    'discipline.records.export': { paramsTuple?: []; params?: {} }
    'discipline.records.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.index': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.create': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.store': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.revoke': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.spending.index': { paramsTuple?: []; params?: {} }
    'discipline.spending.export': { paramsTuple?: []; params?: {} }
    'discipline.spending.create': { paramsTuple?: []; params?: {} }
    'discipline.spending.store': { paramsTuple?: []; params?: {} }
    'discipline.spending.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.spending.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.limits.index': { paramsTuple?: []; params?: {} }
    'discipline.limits.store': { paramsTuple?: []; params?: {} }
    'discipline.warnings.index': { paramsTuple?: []; params?: {} }
    'discipline.warnings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.warnings.clear': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.warnings.refer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.index': { paramsTuple?: []; params?: {} }
    'discipline.assets.export': { paramsTuple?: []; params?: {} }
    'discipline.assets.create': { paramsTuple?: []; params?: {} }
    'discipline.assets.store': { paramsTuple?: []; params?: {} }
    'discipline.assets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.dispose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.index': { paramsTuple?: []; params?: {} }
    'discipline.counts.create': { paramsTuple?: []; params?: {} }
    'discipline.counts.store': { paramsTuple?: []; params?: {} }
    'discipline.counts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.sheet': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.save_lines': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.add_surplus': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.remove_surplus': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'line': ParamValue} }
    'discipline.counts.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.index': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.create': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.store': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.set_sides': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.certificate': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'selection.rounds.index': { paramsTuple?: []; params?: {} }
    'selection.rounds.create': { paramsTuple?: []; params?: {} }
    'selection.rounds.store': { paramsTuple?: []; params?: {} }
    'selection.rounds.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rounds.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rounds.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.reschedule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.publish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.place': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.re_engage': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.group': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.scorers': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.add_scorer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.remove_scorer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.substitute_scorer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.sign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.decline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.permits.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.permits.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.permits.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.scan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.discard': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.index': { paramsTuple?: []; params?: {} }
    'selection.mine.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.save': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.sign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.decline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rankings.index': { paramsTuple?: []; params?: {} }
    'selection.rankings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rankings.save': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.certificate': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'selection.results.verification': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.publications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.publications.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.reject': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.settle': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.serve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.contracts.index': { paramsTuple?: []; params?: {} }
    'selection.contracts.export': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.index': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.ask': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.answer': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.receipt': { paramsTuple: [ParamValue]; params: {'secret': ParamValue} }
    'recruitment.jobs.withdraw': { paramsTuple: [ParamValue]; params: {'secret': ParamValue} }
    'recruitment.jobs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.publicity': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.own.index': { paramsTuple?: []; params?: {} }
    'recruitment.own.paper': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue} }
    'recruitment.own.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.own.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.index': { paramsTuple?: []; params?: {} }
    'recruitment.plans.create': { paramsTuple?: []; params?: {} }
    'recruitment.plans.store': { paramsTuple?: []; params?: {} }
    'recruitment.plans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.settle_post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.papers.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue} }
    'recruitment.moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.publish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.review': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.choose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.announce': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.engage': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.add_examiner': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.close': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue} }
    'recruitment.scores.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.store': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.import': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.countersign': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.recuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.propose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.file': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'recruitment.applications.review': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.extra': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.hire': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.unmask': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.objections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.objections.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.objections.reject': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cycles.index': { paramsTuple?: []; params?: {} }
    'performance.mine.index': { paramsTuple?: []; params?: {} }
    'performance.cycles.create': { paramsTuple?: []; params?: {} }
    'performance.cycles.store': { paramsTuple?: []; params?: {} }
    'performance.cycles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.self_reports': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.open_scoring': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.calibrate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.suggest': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.propose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.resolve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.open_signing': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.consequences.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.papers.results': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.papers.publicity': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scorers.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scorers.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'scorerId': ParamValue} }
    'performance.scoring.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.row': { paramsTuple: [ParamValue]; params: {'cardId': ParamValue} }
    'performance.cards.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.rate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.calibrate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.comment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.leader': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.sign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.appeal': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.object': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.index': { paramsTuple?: []; params?: {} }
    'performance.appeals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.indicators.index': { paramsTuple?: []; params?: {} }
    'performance.indicators.create': { paramsTuple?: []; params?: {} }
    'performance.indicators.store': { paramsTuple?: []; params?: {} }
    'performance.indicators.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.indicators.formula': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.schemes.index': { paramsTuple?: []; params?: {} }
    'performance.schemes.create': { paramsTuple?: []; params?: {} }
    'performance.schemes.store': { paramsTuple?: []; params?: {} }
    'performance.schemes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.points.index': { paramsTuple?: []; params?: {} }
    'performance.points.export': { paramsTuple?: []; params?: {} }
    'performance.points.create': { paramsTuple?: []; params?: {} }
    'performance.points.store': { paramsTuple?: []; params?: {} }
    'performance.points.reverse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.post_values.index': { paramsTuple?: []; params?: {} }
    'performance.post_values.export': { paramsTuple?: []; params?: {} }
    'performance.post_values.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.post_values.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.index': { paramsTuple?: []; params?: {} }
    'pay.totals.create': { paramsTuple?: []; params?: {} }
    'pay.totals.store': { paramsTuple?: []; params?: {} }
    'pay.uses.show': { paramsTuple?: []; params?: {} }
    'pay.uses.pdf': { paramsTuple?: []; params?: {} }
    'pay.uses.excel': { paramsTuple?: []; params?: {} }
    'pay.totals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.add_allotment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.release_allotment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.return_allotment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.index': { paramsTuple?: []; params?: {} }
    'pay.items.create': { paramsTuple?: []; params?: {} }
    'pay.items.store': { paramsTuple?: []; params?: {} }
    'pay.items.add_standard': { paramsTuple?: []; params?: {} }
    'pay.items.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.try': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.bases.index': { paramsTuple?: []; params?: {} }
    'pay.steps.index': { paramsTuple?: []; params?: {} }
    'pay.steps.raise': { paramsTuple?: []; params?: {} }
    'pay.steps.settle': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.bases.pick': { paramsTuple?: []; params?: {} }
    'pay.bases.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.bases.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.index': { paramsTuple?: []; params?: {} }
    'pay.runs.create': { paramsTuple?: []; params?: {} }
    'pay.runs.store': { paramsTuple?: []; params?: {} }
    'pay.runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.configure': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.leader': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.compute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.release': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.pay': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.changes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.changes.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.trials.preview': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.trials.what_if': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.register': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.bank': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.tax': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.tax_filing': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.draw_slips': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.slip_file': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'pay.slips.index': { paramsTuple?: []; params?: {} }
    'pay.slips.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.sealed_pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.object': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.set_aside': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.returned': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.repaid': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.index': { paramsTuple?: []; params?: {} }
    'pay.differences.create': { paramsTuple?: []; params?: {} }
    'pay.differences.store': { paramsTuple?: []; params?: {} }
    'pay.differences.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.settlements.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.settlements.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.settlements.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.rules.index': { paramsTuple?: []; params?: {} }
    'pay.rules.store': { paramsTuple: [ParamValue]; params: {'group': ParamValue} }
    'pay.scales.create': { paramsTuple?: []; params?: {} }
    'pay.scales.store': { paramsTuple?: []; params?: {} }
    'pay.scales.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.try': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.equal_pay.show': { paramsTuple?: []; params?: {} }
    'governance.bodies.index': { paramsTuple?: []; params?: {} }
    'governance.bodies.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.add_seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.end_seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.set_holder': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.heads.index': { paramsTuple?: []; params?: {} }
    'governance.heads.store': { paramsTuple?: []; params?: {} }
    'governance.heads.pick': { paramsTuple?: []; params?: {} }
    'governance.meetings.index': { paramsTuple?: []; params?: {} }
    'governance.meetings.create': { paramsTuple?: []; params?: {} }
    'governance.meetings.store': { paramsTuple?: []; params?: {} }
    'governance.meetings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.invite': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.attendance': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.hold': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.agenda.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.agenda.remove': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'item': ParamValue} }
    'governance.agenda.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.write': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.to_task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.decision': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.to_decision': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.index': { paramsTuple?: []; params?: {} }
    'governance.tasks.export': { paramsTuple?: []; params?: {} }
    'governance.tasks.create': { paramsTuple?: []; params?: {} }
    'governance.tasks.store': { paramsTuple?: []; params?: {} }
    'governance.tasks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.add_part': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.assign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.read': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.archive': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.comment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.send_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.ask_extension': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.order': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.extensions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.extensions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.index': { paramsTuple?: []; params?: {} }
    'governance.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.see': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bulletin.show': { paramsTuple?: []; params?: {} }
    'governance.bulletin.file': { paramsTuple?: []; params?: {} }
    'governance.owed.desk': { paramsTuple?: []; params?: {} }
    'governance.owed.unit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.rules.edit': { paramsTuple?: []; params?: {} }
    'governance.rules.update': { paramsTuple?: []; params?: {} }
    'programme.feeds.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'programme.plan.index': { paramsTuple?: []; params?: {} }
    'programme.plan.create': { paramsTuple?: []; params?: {} }
    'programme.plan.edit': { paramsTuple?: []; params?: {} }
    'programme.plan.store': { paramsTuple?: []; params?: {} }
    'programme.plan.export': { paramsTuple?: []; params?: {} }
    'programme.what_if.show': { paramsTuple?: []; params?: {} }
    'programme.resolutions.pick': { paramsTuple?: []; params?: {} }
    'programme.items.create': { paramsTuple?: []; params?: {} }
    'programme.items.store': { paramsTuple?: []; params?: {} }
    'programme.items.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.link': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.unlink': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'link': ParamValue} }
    'programme.items.link_task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.unlink_task': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'task': ParamValue} }
    'programme.items.fix_date': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.submit_evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.evidence.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.evidence.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.evidence.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.conflicts.index': { paramsTuple?: []; params?: {} }
    'programme.conflicts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'from': ParamValue,'to': ParamValue} }
    'programme.conflicts.store': { paramsTuple: [ParamValue,ParamValue]; params: {'from': ParamValue,'to': ParamValue} }
    'programme.baselines.index': { paramsTuple?: []; params?: {} }
    'programme.baselines.store': { paramsTuple?: []; params?: {} }
    'programme.baselines.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.feeds.index': { paramsTuple?: []; params?: {} }
    'programme.feeds.store': { paramsTuple?: []; params?: {} }
    'programme.feeds.revoke': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.index': { paramsTuple?: []; params?: {} }
    'funds.movements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.index': { paramsTuple?: []; params?: {} }
    'funds.projects.create': { paramsTuple?: []; params?: {} }
    'funds.projects.store': { paramsTuple?: []; params?: {} }
    'funds.projects.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.submit_step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.approve_step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.refuse_step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.index': { paramsTuple?: []; params?: {} }
    'funds.funds.create': { paramsTuple?: []; params?: {} }
    'funds.funds.store': { paramsTuple?: []; params?: {} }
    'funds.funds.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.add_line': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.statement': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.index': { paramsTuple?: []; params?: {} }
    'assessment.sheets.create': { paramsTuple?: []; params?: {} }
    'assessment.sheets.store': { paramsTuple?: []; params?: {} }
    'assessment.sheets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.adopt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.index': { paramsTuple?: []; params?: {} }
    'assessment.assessments.create': { paramsTuple?: []; params?: {} }
    'assessment.assessments.store': { paramsTuple?: []; params?: {} }
    'assessment.assessments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.values.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'unitId': ParamValue} }
    'assessment.values.update': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'unitId': ParamValue} }
    'assessment.moves.read': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.summarise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.publish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.revise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  POST: {
    'dashboard.locale.update': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.store': { paramsTuple?: []; params?: {} }
    'accounts.session.store': { paramsTuple?: []; params?: {} }
    'accounts.session.store_code': { paramsTuple?: []; params?: {} }
    'accounts.session.destroy': { paramsTuple?: []; params?: {} }
    'accounts.session.destroy_all': { paramsTuple?: []; params?: {} }
    'accounts.password.update': { paramsTuple?: []; params?: {} }
    'accounts.totp.enable': { paramsTuple?: []; params?: {} }
    'accounts.totp.disable': { paramsTuple?: []; params?: {} }
    'accounts.email.update': { paramsTuple?: []; params?: {} }
    'accounts.delegations.store': { paramsTuple?: []; params?: {} }
    'accounts.delegations.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.users.store': { paramsTuple?: []; params?: {} }
    'accounts.users.reset': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.users.state': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.grants.store': { paramsTuple?: []; params?: {} }
    'accounts.grants.decide': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.grants.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'calendar.years.confirm': { paramsTuple: [ParamValue]; params: {'year': ParamValue} }
    'calendar.days.update': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'decisions.proposals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.returns.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.replacements.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.documents.store': { paramsTuple?: []; params?: {} }
    'decisions.documents.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.imports.store': { paramsTuple?: []; params?: {} }
    'imports.mappings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.commits.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.undos.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.discards.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.retries.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.units.store': { paramsTuple?: []; params?: {} }
    'organization.unit_facts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.end': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'nameId': ParamValue} }
    'organization.departments.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.store': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_movements.store': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.store': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_exceptions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_exceptions.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.store': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.request_moves.release': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.events.store': { paramsTuple?: []; params?: {} }
    'people.events.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.event_moves.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.merges.store': { paramsTuple?: []; params?: {} }
    'people.merges.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.distinctions.store': { paramsTuple?: []; params?: {} }
    'people.distinctions.undo': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.store': { paramsTuple?: []; params?: {} }
    'people.persons.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.unmask': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.object': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.assignments.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.store': { paramsTuple?: []; params?: {} }
    'transfers.batches.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.rule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.list': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.seats': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.targets': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.split': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.sign': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'step': ParamValue} }
    'transfers.moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.moves.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.reversals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.papers.unmasked': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.store': { paramsTuple?: []; params?: {} }
    'discipline.freezes.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.add_document': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.change_rule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.freezes.set_watch': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.store': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.revoke': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.spending.store': { paramsTuple?: []; params?: {} }
    'discipline.spending.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.limits.store': { paramsTuple?: []; params?: {} }
    'discipline.warnings.clear': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.warnings.refer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.store': { paramsTuple?: []; params?: {} }
    'discipline.assets.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.dispose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.store': { paramsTuple?: []; params?: {} }
    'discipline.counts.save_lines': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.add_surplus': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.remove_surplus': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'line': ParamValue} }
    'discipline.counts.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.store': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.set_sides': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.execute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rounds.store': { paramsTuple?: []; params?: {} }
    'selection.rounds.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.reschedule': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.publish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.place': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.re_engage': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.moves.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.group': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.add_scorer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.remove_scorer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.substitute_scorer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.sign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.decline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.permits.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.permits.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.permits.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.discard': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.save': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.sign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.decline': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rankings.save': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.reject': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.plan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.settle': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.endings.serve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.answer': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.withdraw': { paramsTuple: [ParamValue]; params: {'secret': ParamValue} }
    'recruitment.jobs.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.own.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.store': { paramsTuple?: []; params?: {} }
    'recruitment.plans.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.settle_post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.publish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.review': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.test': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.choose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.announce': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.engage': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.moves.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.add_examiner': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.close': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue} }
    'recruitment.scores.store': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.import': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.countersign': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.scores.recuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.propose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.scores.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.review': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.extra': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.hire': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.unmask': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.objections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.objections.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.objections.reject': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cycles.store': { paramsTuple?: []; params?: {} }
    'performance.moves.self_reports': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.open_scoring': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.calibrate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.suggest': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.propose': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.reopen': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.resolve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.open_signing': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.moves.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.consequences.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scorers.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scorers.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'scorerId': ParamValue} }
    'performance.scoring.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.row': { paramsTuple: [ParamValue]; params: {'cardId': ParamValue} }
    'performance.cards.rate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.calibrate': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.correct': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.comment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.leader': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.sign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.appeal': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.mine.object': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.indicators.store': { paramsTuple?: []; params?: {} }
    'performance.indicators.formula': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.schemes.store': { paramsTuple?: []; params?: {} }
    'performance.points.store': { paramsTuple?: []; params?: {} }
    'performance.points.reverse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.post_values.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.store': { paramsTuple?: []; params?: {} }
    'pay.totals.add_allotment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.release_allotment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.return_allotment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.store': { paramsTuple?: []; params?: {} }
    'pay.items.add_standard': { paramsTuple?: []; params?: {} }
    'pay.items.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.try': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.steps.raise': { paramsTuple?: []; params?: {} }
    'pay.steps.settle': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.bases.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.store': { paramsTuple?: []; params?: {} }
    'pay.runs.configure': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.leader': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.compute': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.check': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.release': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.pay': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.changes.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.tax_filing': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.draw_slips': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.sealed_pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.object': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.answer': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.set_aside': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.returned': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.repaid': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.store': { paramsTuple?: []; params?: {} }
    'pay.differences.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.settlements.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.settlements.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.settlements.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.rules.store': { paramsTuple: [ParamValue]; params: {'group': ParamValue} }
    'pay.scales.store': { paramsTuple?: []; params?: {} }
    'pay.scales.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.try': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.add_seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.end_seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.set_holder': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.heads.store': { paramsTuple?: []; params?: {} }
    'governance.meetings.store': { paramsTuple?: []; params?: {} }
    'governance.meetings.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.invite': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.cancel': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.attendance': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.hold': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.agenda.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.agenda.remove': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'item': ParamValue} }
    'governance.minutes.write': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.to_task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.to_decision': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.store': { paramsTuple?: []; params?: {} }
    'governance.tasks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.add_part': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.assign': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.read': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.archive': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.comment': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.send_back': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.end': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.ask_extension': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.order': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.extensions.approve': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.extensions.refuse': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.see': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.rules.update': { paramsTuple?: []; params?: {} }
    'programme.plan.store': { paramsTuple?: []; params?: {} }
    'programme.items.store': { paramsTuple?: []; params?: {} }
    'programme.items.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.drop': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.link': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.unlink': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'link': ParamValue} }
    'programme.items.link_task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.unlink_task': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'task': ParamValue} }
    'programme.items.fix_date': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.submit_evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.evidence.accept': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.evidence.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.evidence.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.conflicts.store': { paramsTuple: [ParamValue,ParamValue]; params: {'from': ParamValue,'to': ParamValue} }
    'programme.baselines.store': { paramsTuple?: []; params?: {} }
    'programme.feeds.store': { paramsTuple?: []; params?: {} }
    'programme.feeds.revoke': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.store': { paramsTuple?: []; params?: {} }
    'funds.projects.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.submit_step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.approve_step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.refuse_step': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.store': { paramsTuple?: []; params?: {} }
    'funds.funds.add_line': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.close': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.store': { paramsTuple?: []; params?: {} }
    'assessment.sheets.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.adopt': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.remove': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.store': { paramsTuple?: []; params?: {} }
    'assessment.values.update': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'unitId': ParamValue} }
    'assessment.moves.read': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.summarise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.submit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.confirm': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.return': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.publish': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.withdraw': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.moves.revise': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  GET: {
    'home': { paramsTuple?: []; params?: {} }
    'dashboard.cockpit.show': { paramsTuple?: []; params?: {} }
    'dashboard.units.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'dashboard.inbox.index': { paramsTuple?: []; params?: {} }
    'dashboard.inbox.count': { paramsTuple?: []; params?: {} }
    'dashboard.search.index': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.show': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.people': { paramsTuple?: []; params?: {} }
    'accounts.session.create': { paramsTuple?: []; params?: {} }
    'accounts.session.code': { paramsTuple?: []; params?: {} }
    'accounts.password.edit': { paramsTuple?: []; params?: {} }
    'accounts.security.show': { paramsTuple?: []; params?: {} }
    'accounts.colleagues': { paramsTuple?: []; params?: {} }
    'accounts.users.index': { paramsTuple?: []; params?: {} }
    'accounts.users.create': { paramsTuple?: []; params?: {} }
    'accounts.users.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.grants.index': { paramsTuple?: []; params?: {} }
    'accounts.grants.create': { paramsTuple?: []; params?: {} }
    'accounts.grants.departments': { paramsTuple?: []; params?: {} }
    'accounts.grants.cases': { paramsTuple?: []; params?: {} }
    'audit.events.index': { paramsTuple?: []; params?: {} }
    'audit.events.export': { paramsTuple?: []; params?: {} }
    'calendar.years.index': { paramsTuple?: []; params?: {} }
    'calendar.years.show': { paramsTuple: [ParamValue]; params: {'year': ParamValue} }
    'calendar.days.edit': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'decisions.decisions.index': { paramsTuple?: []; params?: {} }
    'decisions.decisions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.replacements.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.documents.index': { paramsTuple?: []; params?: {} }
    'decisions.documents.pick': { paramsTuple?: []; params?: {} }
    'decisions.documents.create': { paramsTuple?: []; params?: {} }
    'decisions.documents.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.imports.index': { paramsTuple?: []; params?: {} }
    'imports.imports.create': { paramsTuple?: []; params?: {} }
    'imports.imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.mappings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.rejected.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.tree.show': { paramsTuple?: []; params?: {} }
    'organization.units.index': { paramsTuple?: []; params?: {} }
    'organization.units.pick': { paramsTuple?: []; params?: {} }
    'organization.units.create': { paramsTuple?: []; params?: {} }
    'organization.units.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_facts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.pick': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.pick': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.index': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.create': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota.index': { paramsTuple?: []; params?: {} }
    'organization.quota.export': { paramsTuple?: []; params?: {} }
    'organization.quota_entries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_entries.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_movements.create': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.index': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.create': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.index': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.create': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.index': { paramsTuple?: []; params?: {} }
    'people.persons.export': { paramsTuple?: []; params?: {} }
    'people.persons.pick': { paramsTuple?: []; params?: {} }
    'people.events.index': { paramsTuple?: []; params?: {} }
    'people.events.create': { paramsTuple?: []; params?: {} }
    'people.events.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.events.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.changes.index': { paramsTuple?: []; params?: {} }
    'people.changes.export': { paramsTuple?: []; params?: {} }
    'people.merges.index': { paramsTuple?: []; params?: {} }
    'people.merges.create': { paramsTuple?: []; params?: {} }
    'people.persons.create': { paramsTuple?: []; params?: {} }
    'people.persons.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.assignments.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.index': { paramsTuple?: []; params?: {} }
    'transfers.batches.create': { paramsTuple?: []; params?: {} }
    'transfers.flow.show': { paramsTuple?: []; params?: {} }
    'transfers.batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.reversals.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.papers.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue,'format': ParamValue} }
    'transfers.certificates.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'discipline.overview.show': { paramsTuple?: []; params?: {} }
    'discipline.freezes.create': { paramsTuple?: []; params?: {} }
    'discipline.freezes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.records.index': { paramsTuple?: []; params?: {} }
    'discipline.records.export': { paramsTuple?: []; params?: {} }
    'discipline.records.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.index': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.create': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.spending.index': { paramsTuple?: []; params?: {} }
    'discipline.spending.export': { paramsTuple?: []; params?: {} }
    'discipline.spending.create': { paramsTuple?: []; params?: {} }
    'discipline.spending.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.limits.index': { paramsTuple?: []; params?: {} }
    'discipline.warnings.index': { paramsTuple?: []; params?: {} }
    'discipline.warnings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.index': { paramsTuple?: []; params?: {} }
    'discipline.assets.export': { paramsTuple?: []; params?: {} }
    'discipline.assets.create': { paramsTuple?: []; params?: {} }
    'discipline.assets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.index': { paramsTuple?: []; params?: {} }
    'discipline.counts.create': { paramsTuple?: []; params?: {} }
    'discipline.counts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.sheet': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.index': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.create': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.certificate': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'selection.rounds.index': { paramsTuple?: []; params?: {} }
    'selection.rounds.create': { paramsTuple?: []; params?: {} }
    'selection.rounds.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rounds.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.scorers': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.scan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.index': { paramsTuple?: []; params?: {} }
    'selection.mine.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rankings.index': { paramsTuple?: []; params?: {} }
    'selection.rankings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.certificate': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'selection.results.verification': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.publications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.publications.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.contracts.index': { paramsTuple?: []; params?: {} }
    'selection.contracts.export': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.index': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.ask': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.receipt': { paramsTuple: [ParamValue]; params: {'secret': ParamValue} }
    'recruitment.jobs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.publicity': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.own.index': { paramsTuple?: []; params?: {} }
    'recruitment.own.paper': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue} }
    'recruitment.own.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.index': { paramsTuple?: []; params?: {} }
    'recruitment.plans.create': { paramsTuple?: []; params?: {} }
    'recruitment.plans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.papers.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue} }
    'recruitment.scores.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.applications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.file': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'performance.cycles.index': { paramsTuple?: []; params?: {} }
    'performance.mine.index': { paramsTuple?: []; params?: {} }
    'performance.cycles.create': { paramsTuple?: []; params?: {} }
    'performance.cycles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.papers.results': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.papers.publicity': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.index': { paramsTuple?: []; params?: {} }
    'performance.appeals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.indicators.index': { paramsTuple?: []; params?: {} }
    'performance.indicators.create': { paramsTuple?: []; params?: {} }
    'performance.indicators.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.schemes.index': { paramsTuple?: []; params?: {} }
    'performance.schemes.create': { paramsTuple?: []; params?: {} }
    'performance.schemes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.points.index': { paramsTuple?: []; params?: {} }
    'performance.points.export': { paramsTuple?: []; params?: {} }
    'performance.points.create': { paramsTuple?: []; params?: {} }
    'performance.post_values.index': { paramsTuple?: []; params?: {} }
    'performance.post_values.export': { paramsTuple?: []; params?: {} }
    'performance.post_values.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.index': { paramsTuple?: []; params?: {} }
    'pay.totals.create': { paramsTuple?: []; params?: {} }
    'pay.uses.show': { paramsTuple?: []; params?: {} }
    'pay.uses.pdf': { paramsTuple?: []; params?: {} }
    'pay.uses.excel': { paramsTuple?: []; params?: {} }
    'pay.totals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.index': { paramsTuple?: []; params?: {} }
    'pay.items.create': { paramsTuple?: []; params?: {} }
    'pay.items.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.bases.index': { paramsTuple?: []; params?: {} }
    'pay.steps.index': { paramsTuple?: []; params?: {} }
    'pay.bases.pick': { paramsTuple?: []; params?: {} }
    'pay.bases.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.index': { paramsTuple?: []; params?: {} }
    'pay.runs.create': { paramsTuple?: []; params?: {} }
    'pay.runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.changes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.trials.preview': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.trials.what_if': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.register': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.bank': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.tax': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.slip_file': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'pay.slips.index': { paramsTuple?: []; params?: {} }
    'pay.slips.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.index': { paramsTuple?: []; params?: {} }
    'pay.differences.create': { paramsTuple?: []; params?: {} }
    'pay.differences.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.rules.index': { paramsTuple?: []; params?: {} }
    'pay.scales.create': { paramsTuple?: []; params?: {} }
    'pay.scales.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.equal_pay.show': { paramsTuple?: []; params?: {} }
    'governance.bodies.index': { paramsTuple?: []; params?: {} }
    'governance.bodies.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.heads.index': { paramsTuple?: []; params?: {} }
    'governance.heads.pick': { paramsTuple?: []; params?: {} }
    'governance.meetings.index': { paramsTuple?: []; params?: {} }
    'governance.meetings.create': { paramsTuple?: []; params?: {} }
    'governance.meetings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.agenda.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.decision': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.index': { paramsTuple?: []; params?: {} }
    'governance.tasks.export': { paramsTuple?: []; params?: {} }
    'governance.tasks.create': { paramsTuple?: []; params?: {} }
    'governance.tasks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.index': { paramsTuple?: []; params?: {} }
    'governance.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bulletin.show': { paramsTuple?: []; params?: {} }
    'governance.bulletin.file': { paramsTuple?: []; params?: {} }
    'governance.owed.desk': { paramsTuple?: []; params?: {} }
    'governance.owed.unit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.rules.edit': { paramsTuple?: []; params?: {} }
    'programme.feeds.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'programme.plan.index': { paramsTuple?: []; params?: {} }
    'programme.plan.create': { paramsTuple?: []; params?: {} }
    'programme.plan.edit': { paramsTuple?: []; params?: {} }
    'programme.plan.export': { paramsTuple?: []; params?: {} }
    'programme.what_if.show': { paramsTuple?: []; params?: {} }
    'programme.resolutions.pick': { paramsTuple?: []; params?: {} }
    'programme.items.create': { paramsTuple?: []; params?: {} }
    'programme.items.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.conflicts.index': { paramsTuple?: []; params?: {} }
    'programme.conflicts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'from': ParamValue,'to': ParamValue} }
    'programme.baselines.index': { paramsTuple?: []; params?: {} }
    'programme.baselines.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.feeds.index': { paramsTuple?: []; params?: {} }
    'funds.movements.index': { paramsTuple?: []; params?: {} }
    'funds.movements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.index': { paramsTuple?: []; params?: {} }
    'funds.projects.create': { paramsTuple?: []; params?: {} }
    'funds.projects.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.index': { paramsTuple?: []; params?: {} }
    'funds.funds.create': { paramsTuple?: []; params?: {} }
    'funds.funds.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.statement': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.index': { paramsTuple?: []; params?: {} }
    'assessment.sheets.create': { paramsTuple?: []; params?: {} }
    'assessment.sheets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.index': { paramsTuple?: []; params?: {} }
    'assessment.assessments.create': { paramsTuple?: []; params?: {} }
    'assessment.assessments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.values.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'unitId': ParamValue} }
  }
  HEAD: {
    'home': { paramsTuple?: []; params?: {} }
    'dashboard.cockpit.show': { paramsTuple?: []; params?: {} }
    'dashboard.units.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'dashboard.inbox.index': { paramsTuple?: []; params?: {} }
    'dashboard.inbox.count': { paramsTuple?: []; params?: {} }
    'dashboard.search.index': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.show': { paramsTuple?: []; params?: {} }
    'dashboard.styleguide.people': { paramsTuple?: []; params?: {} }
    'accounts.session.create': { paramsTuple?: []; params?: {} }
    'accounts.session.code': { paramsTuple?: []; params?: {} }
    'accounts.password.edit': { paramsTuple?: []; params?: {} }
    'accounts.security.show': { paramsTuple?: []; params?: {} }
    'accounts.colleagues': { paramsTuple?: []; params?: {} }
    'accounts.users.index': { paramsTuple?: []; params?: {} }
    'accounts.users.create': { paramsTuple?: []; params?: {} }
    'accounts.users.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'accounts.grants.index': { paramsTuple?: []; params?: {} }
    'accounts.grants.create': { paramsTuple?: []; params?: {} }
    'accounts.grants.departments': { paramsTuple?: []; params?: {} }
    'accounts.grants.cases': { paramsTuple?: []; params?: {} }
    'audit.events.index': { paramsTuple?: []; params?: {} }
    'audit.events.export': { paramsTuple?: []; params?: {} }
    'calendar.years.index': { paramsTuple?: []; params?: {} }
    'calendar.years.show': { paramsTuple: [ParamValue]; params: {'year': ParamValue} }
    'calendar.days.edit': { paramsTuple: [ParamValue]; params: {'day': ParamValue} }
    'decisions.decisions.index': { paramsTuple?: []; params?: {} }
    'decisions.decisions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.replacements.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'decisions.documents.index': { paramsTuple?: []; params?: {} }
    'decisions.documents.pick': { paramsTuple?: []; params?: {} }
    'decisions.documents.create': { paramsTuple?: []; params?: {} }
    'decisions.documents.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.imports.index': { paramsTuple?: []; params?: {} }
    'imports.imports.create': { paramsTuple?: []; params?: {} }
    'imports.imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.mappings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'imports.rejected.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.tree.show': { paramsTuple?: []; params?: {} }
    'organization.units.index': { paramsTuple?: []; params?: {} }
    'organization.units.pick': { paramsTuple?: []; params?: {} }
    'organization.units.create': { paramsTuple?: []; params?: {} }
    'organization.units.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_facts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_names.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.pick': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.departments.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.pick': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.posts.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.unit_changes.index': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.create': { paramsTuple?: []; params?: {} }
    'organization.unit_changes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota.index': { paramsTuple?: []; params?: {} }
    'organization.quota.export': { paramsTuple?: []; params?: {} }
    'organization.quota_entries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_entries.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_movements.create': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.index': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.create': { paramsTuple?: []; params?: {} }
    'organization.quota_exceptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.index': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.create': { paramsTuple?: []; params?: {} }
    'organization.quota_requests.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'organization.quota_requests.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.index': { paramsTuple?: []; params?: {} }
    'people.persons.export': { paramsTuple?: []; params?: {} }
    'people.persons.pick': { paramsTuple?: []; params?: {} }
    'people.events.index': { paramsTuple?: []; params?: {} }
    'people.events.create': { paramsTuple?: []; params?: {} }
    'people.events.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.events.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.changes.index': { paramsTuple?: []; params?: {} }
    'people.changes.export': { paramsTuple?: []; params?: {} }
    'people.merges.index': { paramsTuple?: []; params?: {} }
    'people.merges.create': { paramsTuple?: []; params?: {} }
    'people.persons.create': { paramsTuple?: []; params?: {} }
    'people.persons.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.persons.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'people.assignments.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.index': { paramsTuple?: []; params?: {} }
    'transfers.batches.create': { paramsTuple?: []; params?: {} }
    'transfers.flow.show': { paramsTuple?: []; params?: {} }
    'transfers.batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.batches.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.lines.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.reversals.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'transfers.papers.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue,'format': ParamValue} }
    'transfers.certificates.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'discipline.overview.show': { paramsTuple?: []; params?: {} }
    'discipline.freezes.create': { paramsTuple?: []; params?: {} }
    'discipline.freezes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.records.index': { paramsTuple?: []; params?: {} }
    'discipline.records.export': { paramsTuple?: []; params?: {} }
    'discipline.records.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.index': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.create': { paramsTuple?: []; params?: {} }
    'discipline.exemptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.exemptions.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.spending.index': { paramsTuple?: []; params?: {} }
    'discipline.spending.export': { paramsTuple?: []; params?: {} }
    'discipline.spending.create': { paramsTuple?: []; params?: {} }
    'discipline.spending.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.limits.index': { paramsTuple?: []; params?: {} }
    'discipline.warnings.index': { paramsTuple?: []; params?: {} }
    'discipline.warnings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.index': { paramsTuple?: []; params?: {} }
    'discipline.assets.export': { paramsTuple?: []; params?: {} }
    'discipline.assets.create': { paramsTuple?: []; params?: {} }
    'discipline.assets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.assets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.index': { paramsTuple?: []; params?: {} }
    'discipline.counts.create': { paramsTuple?: []; params?: {} }
    'discipline.counts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.counts.sheet': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.index': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.create': { paramsTuple?: []; params?: {} }
    'discipline.divestitures.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'discipline.divestitures.certificate': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'selection.rounds.index': { paramsTuple?: []; params?: {} }
    'selection.rounds.create': { paramsTuple?: []; params?: {} }
    'selection.rounds.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rounds.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.posts.scorers': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.people.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.papers.scan': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.mine.index': { paramsTuple?: []; params?: {} }
    'selection.mine.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.rankings.index': { paramsTuple?: []; params?: {} }
    'selection.rankings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.export': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.results.certificate': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'format': ParamValue} }
    'selection.results.verification': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.publications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.publications.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.objections.evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.exceptions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.arrangements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'selection.contracts.index': { paramsTuple?: []; params?: {} }
    'selection.contracts.export': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.index': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.ask': { paramsTuple?: []; params?: {} }
    'recruitment.jobs.receipt': { paramsTuple: [ParamValue]; params: {'secret': ParamValue} }
    'recruitment.jobs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.publicity': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.jobs.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.own.index': { paramsTuple?: []; params?: {} }
    'recruitment.own.paper': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue} }
    'recruitment.own.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.index': { paramsTuple?: []; params?: {} }
    'recruitment.plans.create': { paramsTuple?: []; params?: {} }
    'recruitment.plans.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.plans.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.papers.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'paper': ParamValue} }
    'recruitment.scores.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'id': ParamValue,'stage': ParamValue,'examiner': ParamValue} }
    'recruitment.applications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'recruitment.applications.file': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'performance.cycles.index': { paramsTuple?: []; params?: {} }
    'performance.mine.index': { paramsTuple?: []; params?: {} }
    'performance.cycles.create': { paramsTuple?: []; params?: {} }
    'performance.cycles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.papers.results': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.papers.publicity': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.scoring.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.cards.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.appeals.index': { paramsTuple?: []; params?: {} }
    'performance.appeals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.indicators.index': { paramsTuple?: []; params?: {} }
    'performance.indicators.create': { paramsTuple?: []; params?: {} }
    'performance.indicators.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.schemes.index': { paramsTuple?: []; params?: {} }
    'performance.schemes.create': { paramsTuple?: []; params?: {} }
    'performance.schemes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'performance.points.index': { paramsTuple?: []; params?: {} }
    'performance.points.export': { paramsTuple?: []; params?: {} }
    'performance.points.create': { paramsTuple?: []; params?: {} }
    'performance.post_values.index': { paramsTuple?: []; params?: {} }
    'performance.post_values.export': { paramsTuple?: []; params?: {} }
    'performance.post_values.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.totals.index': { paramsTuple?: []; params?: {} }
    'pay.totals.create': { paramsTuple?: []; params?: {} }
    'pay.uses.show': { paramsTuple?: []; params?: {} }
    'pay.uses.pdf': { paramsTuple?: []; params?: {} }
    'pay.uses.excel': { paramsTuple?: []; params?: {} }
    'pay.totals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.methods.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.index': { paramsTuple?: []; params?: {} }
    'pay.items.create': { paramsTuple?: []; params?: {} }
    'pay.items.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.items.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.bases.index': { paramsTuple?: []; params?: {} }
    'pay.steps.index': { paramsTuple?: []; params?: {} }
    'pay.bases.pick': { paramsTuple?: []; params?: {} }
    'pay.bases.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.runs.index': { paramsTuple?: []; params?: {} }
    'pay.runs.create': { paramsTuple?: []; params?: {} }
    'pay.runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.changes.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.trials.preview': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.trials.what_if': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.register': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.bank': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.tax': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.papers.slip_file': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'file': ParamValue} }
    'pay.slips.index': { paramsTuple?: []; params?: {} }
    'pay.slips.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.slips.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.differences.index': { paramsTuple?: []; params?: {} }
    'pay.differences.create': { paramsTuple?: []; params?: {} }
    'pay.differences.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.rules.index': { paramsTuple?: []; params?: {} }
    'pay.scales.create': { paramsTuple?: []; params?: {} }
    'pay.scales.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.scales.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'pay.equal_pay.show': { paramsTuple?: []; params?: {} }
    'governance.bodies.index': { paramsTuple?: []; params?: {} }
    'governance.bodies.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bodies.seat': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.heads.index': { paramsTuple?: []; params?: {} }
    'governance.heads.pick': { paramsTuple?: []; params?: {} }
    'governance.meetings.index': { paramsTuple?: []; params?: {} }
    'governance.meetings.create': { paramsTuple?: []; params?: {} }
    'governance.meetings.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.meetings.notice': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.agenda.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.minutes.pdf': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.task': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.resolutions.decision': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.index': { paramsTuple?: []; params?: {} }
    'governance.tasks.export': { paramsTuple?: []; params?: {} }
    'governance.tasks.create': { paramsTuple?: []; params?: {} }
    'governance.tasks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.tasks.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.parts.evidence': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.index': { paramsTuple?: []; params?: {} }
    'governance.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.orders.paper': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.bulletin.show': { paramsTuple?: []; params?: {} }
    'governance.bulletin.file': { paramsTuple?: []; params?: {} }
    'governance.owed.desk': { paramsTuple?: []; params?: {} }
    'governance.owed.unit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'governance.rules.edit': { paramsTuple?: []; params?: {} }
    'programme.feeds.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'programme.plan.index': { paramsTuple?: []; params?: {} }
    'programme.plan.create': { paramsTuple?: []; params?: {} }
    'programme.plan.edit': { paramsTuple?: []; params?: {} }
    'programme.plan.export': { paramsTuple?: []; params?: {} }
    'programme.what_if.show': { paramsTuple?: []; params?: {} }
    'programme.resolutions.pick': { paramsTuple?: []; params?: {} }
    'programme.items.create': { paramsTuple?: []; params?: {} }
    'programme.items.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.items.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.conflicts.index': { paramsTuple?: []; params?: {} }
    'programme.conflicts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'from': ParamValue,'to': ParamValue} }
    'programme.baselines.index': { paramsTuple?: []; params?: {} }
    'programme.baselines.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'programme.feeds.index': { paramsTuple?: []; params?: {} }
    'funds.movements.index': { paramsTuple?: []; params?: {} }
    'funds.movements.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.index': { paramsTuple?: []; params?: {} }
    'funds.projects.create': { paramsTuple?: []; params?: {} }
    'funds.projects.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.projects.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.index': { paramsTuple?: []; params?: {} }
    'funds.funds.create': { paramsTuple?: []; params?: {} }
    'funds.funds.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.funds.statement': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'funds.movements.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.index': { paramsTuple?: []; params?: {} }
    'assessment.sheets.create': { paramsTuple?: []; params?: {} }
    'assessment.sheets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.sheets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.indicators.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.index': { paramsTuple?: []; params?: {} }
    'assessment.assessments.create': { paramsTuple?: []; params?: {} }
    'assessment.assessments.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.assessments.report': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'assessment.values.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'unitId': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}