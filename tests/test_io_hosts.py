import socket

import pytest

from lineage import errors
from lineage.io.web import hosts


class TestPublic:
    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808"])
    def test_addresses_of_the_open_internet(self, address):
        assert hosts.is_public(address)

    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
            *("169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
            *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
            *("64:ff9b::7f00:1", "64:ff9b::a01:203", "2002:7f00:1::", "2002:a9fe:a9fe::"),
        ],
    )
    def test_all_others_are_not(self, address):
        assert not hosts.is_public(address)


class TestResolve:
    def test_a_private_host_is_refused_with_the_option_that_allows_it(self):
        with pytest.raises(
            errors.InputError,
            match=r"--private-host localhost, in Python private_hosts=\['localhost'\]",
        ):
            hosts.resolve("localhost", 80)

    @pytest.mark.parametrize("name", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "017700000001"])
    def test_every_spelling_of_an_address_is_seen_through(self, name):
        with pytest.raises(errors.InputError):
            hosts.resolve(name, 80)

    @pytest.mark.parametrize("allowed", ["localhost", "LOCALHOST", "localhost:80"])
    def test_a_host_that_is_named_is_allowed(self, allowed):
        assert "127.0.0.1" in hosts.resolve("localhost", 80, private_hosts=[allowed])

    @pytest.mark.parametrize("allowed", ["localhost:81", "127.0.0.1", "host"])
    def test_another_is_not(self, allowed):
        with pytest.raises(errors.InputError, match="not a public address"):
            hosts.resolve("localhost", 80, private_hosts=[allowed])

    def test_one_private_address_among_public_ones_is_enough(self, monkeypatch):
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
            for address in ("93.184.216.34", "10.0.0.1")
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with pytest.raises(errors.InputError, match=r"10\.0\.0\.1, which is not a public address"):
            hosts.resolve("both.example", 80)

    def test_a_host_that_does_not_exist_is_named(self, monkeypatch):
        def gone(*_, **__):
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", gone)
        with pytest.raises(errors.InputError, match=r"no host 'gone\.example' is found"):
            hosts.resolve("gone.example", 80)
