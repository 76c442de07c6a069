"""No packet leaves for an address that is not visited, whatever name, number or redirect leads there."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from ipaddress import ip_address, ip_network

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.abc import AbstractResolver, ResolveResult
from faultserver import NOW, Client, FaultServer, a_feed, fault_server, settings_for_tests, write_rss

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.feeds import guard
from bot.feeds.guard import AddressPolicy, AddressRefused, carried_ipv4, is_public
from bot.feeds.source import HttpFeedSource

REFUSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1",
    "2002:7f00:1::", "2002:a00:1::", "2002:c0a8:101::", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1",
    "2001:0:7f00:1::", "2001::80ff:fffe", "2001:470::5efe:10.0.0.1", "fe80::5efe:127.0.0.1",
]  # fmt: skip
VISITED = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2002:808:808::",
    "64:ff9b::8.8.8.8",
    "::ffff:8.8.8.8",
]
LOOPBACK = ip_network("127.0.0.1/32")


def a_policy(*networks: str, ports: frozenset[int] = frozenset({80, 443})) -> AddressPolicy:
    return AddressPolicy(allow_networks=tuple(map(ip_network, networks)), ports=ports)


@pytest.mark.parametrize("address", REFUSED)
def test_address_that_is_no_public_host_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    objection = a_policy().objection(address, 80)
    assert objection is not None
    assert "feeds.allow_networks" in objection


@pytest.mark.parametrize("address", VISITED)
def test_public_address_is_visited(address: str) -> None:
    assert a_policy().objection(address, 443) is None


@pytest.mark.parametrize("port", [0, 1, 22, 25, 53, 111, 6379, 5432, 9200, 11211, 65535])
def test_ports_of_other_services_are_refused(port: int) -> None:
    assert "port" in (a_policy().objection("93.184.216.34", port) or "")


def test_allowed_network_is_visited_on_any_port() -> None:
    policy = a_policy("10.1.0.0/16", "fd00::/8")
    assert policy.objection("10.1.2.3", 5432) is None
    assert policy.objection("::ffff:10.1.2.3", 5432) is None
    assert policy.objection("fd00::9", 1) is None
    assert policy.objection("10.2.0.1", 80) is not None


def test_what_is_no_address_is_refused() -> None:
    assert a_policy().objection("localhost", 80) is not None


def test_name_is_exempt_from_spacing_while_all_its_addresses_are_allowed() -> None:
    policy = a_policy("127.0.0.0/8")
    policy.learn("here", ["127.0.0.1"])
    policy.learn("half", ["127.0.0.1", "8.8.8.8"])
    assert policy.is_exempt("here")
    assert not policy.is_exempt("half")
    policy.learn("here", ["8.8.8.8"])
    assert not policy.is_exempt("here")


@pytest.mark.parametrize(
    ("form", "inside"),
    [
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2002:a00:1::", "10.0.0.1"),
        ("64:ff9b::a00:1", "10.0.0.1"),
        ("2001:470::5efe:a00:1", "10.0.0.1"),
        ("2606:4700::1", None),
    ],
)
def test_ipv4_address_inside_an_ipv6_form_is_seen(form: str, inside: str | None) -> None:
    carried = carried_ipv4(ip_address(form))  # type: ignore[arg-type]
    assert carried == (ip_address(inside) if inside else None)


def test_socket_is_not_made_for_a_refused_address() -> None:
    with pytest.raises(AddressRefused):
        a_policy().open_socket((2, 1, 6, "", ("127.0.0.1", 80)))


@pytest_asyncio.fixture
async def elsewhere() -> AsyncIterator[FaultServer]:
    """A server on loopback that the settings do not allow: nobody may reach it."""
    async with fault_server("127.0.0.2") as faults:
        yield faults


@pytest_asyncio.fixture
async def here() -> AsyncIterator[FaultServer]:
    async with fault_server() as faults:
        yield faults


@pytest_asyncio.fixture
async def visiting() -> AsyncIterator[HttpFeedSource]:
    async with HttpFeedSource(settings_for_tests(allow_networks=(LOOPBACK,)), lambda: NOW) as opened:
        yield opened


def port_of(server: FaultServer) -> str:
    return server.url.rpartition(":")[2]


FORMS = ["127.0.0.2", "2130706434", "0x7f000002", "0177.0.0.2", "127.2", "0x7f.0.0.2", "127.0.0.2.", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "①②⑦.0.0.2", "127.0.0.2%00", "me:pw@127.0.0.2"]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
async def test_no_way_of_writing_an_address_reaches_it(
    form: str, elsewhere: FaultServer, visiting: HttpFeedSource
) -> None:
    with pytest.raises((FeedRefused, FeedUnavailable)):
        await visiting.fetch(a_feed(f"http://{form}:{port_of(elsewhere)}/feed"))
    assert elsewhere.connections == 0


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("form", ["127.0.0.2", "[::ffff:127.0.0.2]", "2130706434"])
async def test_no_redirect_reaches_a_refused_address(
    code: int, form: str, here: FaultServer, elsewhere: FaultServer, visiting: HttpFeedSource
) -> None:
    async def redirect(client: Client) -> None:
        await client.answer(status=f"{code} X", Location=f"http://{form}:{port_of(elsewhere)}/feed")

    with pytest.raises((FeedRefused, FeedUnavailable)):
        await visiting.fetch(a_feed(here.at("/feed", redirect)))
    assert elsewhere.connections == 0


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1:70/", "javascript:alert(1)", "data:text/xml,<rss/>", "http://", "http://:80/", "//", "feed:x", "unix:/run/x.sock", "http://a:99999/"],
)  # fmt: skip
async def test_redirect_to_what_is_no_web_address_is_refused(
    target: str, here: FaultServer, visiting: HttpFeedSource
) -> None:
    async def redirect(client: Client) -> None:
        await client.answer(status="302 X", Location=target)

    with pytest.raises((FeedRefused, FeedUnavailable), match=r"no web address|in a circle"):
        await visiting.fetch(a_feed(here.at("/feed", redirect)))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "/etc/passwd", "", "http://", "example.org", "http://exa mple.org/"],
)
async def test_feed_that_is_no_web_address_is_refused(url: str, visiting: HttpFeedSource) -> None:
    with pytest.raises((FeedRefused, FeedUnavailable)):
        await visiting.fetch(a_feed(url))


class TurningResolver(AbstractResolver):
    """A name that stands for another address each time it is looked up."""

    answers: list[str]

    def __init__(self) -> None:
        self.left = list(self.answers)

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        address = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        return [ResolveResult(hostname=host, host=address, port=port, family=2, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def test_name_that_turns_to_a_refused_address_is_not_followed(
    here: FaultServer, elsewhere: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check sees the address of this connection, so a name that was good a moment ago gains nothing."""
    TurningResolver.answers = ["127.0.0.1", "127.0.0.2"]
    monkeypatch.setattr(guard.NamingResolver.__init__, "__defaults__", (TurningResolver,))

    async def one_visit(client: Client) -> None:
        await client.answer(write_rss(1), Connection="close")

    here.at("/feed", one_visit)
    async with HttpFeedSource(settings_for_tests(allow_networks=(LOOPBACK,)), lambda: NOW) as visiting:
        session_dns_off(visiting)
        assert (await visiting.fetch(a_feed(f"http://turning.example:{port_of(here)}/feed"))).document is not None
        with pytest.raises(FeedRefused, match=r"127\.0\.0\.2 is not a public address"):
            await visiting.fetch(a_feed(f"http://turning.example:{port_of(elsewhere)}/feed"))
    assert elsewhere.connections == 0


def session_dns_off(source: HttpFeedSource) -> None:
    """Let every connection look its name up again."""
    source._visitor._session = source._visitor._opened()
    connector = source._visitor._session.connector
    assert isinstance(connector, aiohttp.TCPConnector)
    connector._use_dns_cache = False


async def test_credentials_stay_with_the_host_they_were_given_for(here: FaultServer, visiting: HttpFeedSource) -> None:
    """Another port is another owner: its server sees neither the password nor the first host's cookies."""

    async def redirect_away(client: Client) -> None:
        await client.answer(status="302 X", Location=f"{other.url}/feed", Set_Cookie="session=secret")

    async def feed(client: Client) -> None:
        await client.answer(write_rss(1))

    async with fault_server() as other:
        other.at("/feed", feed)
        url = here.at("/start", redirect_away).replace("http://", "http://me:pw@")
        await visiting.fetch(a_feed(url))
        assert here.asked("/start")[0].headers["authorization"] == "Basic bWU6cHc="
        assert "authorization" not in other.asked("/feed")[0].headers
        assert "cookie" not in other.asked("/feed")[0].headers


async def test_redirects_own_credentials_are_not_sent(here: FaultServer, visiting: HttpFeedSource) -> None:
    async def redirect(client: Client) -> None:
        await client.answer(status="302 X", Location=f"http://you:pw@127.0.0.1:{port_of(here)}/feed")

    async def feed(client: Client) -> None:
        await client.answer(write_rss(1))

    here.at("/feed", feed)
    await visiting.fetch(a_feed(here.at("/start", redirect)))
    assert "authorization" not in here.asked("/feed")[0].headers


async def test_passwords_are_in_no_error(here: FaultServer, visiting: HttpFeedSource) -> None:
    urls = [
        f"http://me:hunter2@127.0.0.1:{port_of(here)}/missing",
        "http://me:hunter2@127.0.0.2/",
        "http://me:hunter2@127.0.0.1:1/",
        "ftp://me:hunter2@example.org/",
    ]
    for url in urls:
        with pytest.raises((FeedRefused, FeedUnavailable)) as caught:
            await visiting.fetch(a_feed(url))
        assert "hunter2" not in str(caught.value)


async def test_proxy_of_the_environment_is_not_used(
    here: FaultServer, elsewhere: FaultServer, visiting: HttpFeedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would connect for us, past every check."""
    monkeypatch.setenv("http_proxy", elsewhere.url)
    monkeypatch.setenv("HTTP_PROXY", elsewhere.url)

    async def feed(client: Client) -> None:
        await client.answer(write_rss(1))

    await visiting.fetch(a_feed(here.at("/feed", feed)))
    assert elsewhere.connections == 0


@pytest.mark.parametrize(
    "reach",
    [
        lambda source, url: source.fetch(a_feed(url)),
        lambda source, url: source.page(url),
        lambda source, url: source.discover(url),
    ],
    ids=["fetch", "page", "discover"],
)
async def test_every_verb_has_the_same_guard(
    reach: Callable[[HttpFeedSource, str], object], elsewhere: FaultServer, visiting: HttpFeedSource
) -> None:
    try:
        result = await reach(visiting, f"{elsewhere.url}/feed")  # type: ignore[misc]
    except (FeedRefused, FeedUnavailable):
        result = None
    assert result is None
    assert elsewhere.connections == 0
