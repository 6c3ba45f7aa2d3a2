import pytest

from lineage import config, errors


class TestTraceConfig:
    def test_defaults_are_valid(self):
        assert config.TraceConfig().to_dict()["encoder"] == "minilm"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("min_p_edge", 1.5),
            ("decided", -0.1),
            ("compare_all", 2.5),
            ("seed", True),
            ("encoder", ""),
        ],
    )
    def test_value_out_of_range_is_named(self, name, value):
        with pytest.raises(errors.ConfigError, match=name):
            config.from_dict({name: value})


class TestLoad:
    def test_reads_toml(self, tmp_path):
        path = tmp_path / "c.toml"
        path.write_text('encoder = "lexical"\nmin_p_edge = 0.7\n')
        assert config.load(path) == config.TraceConfig(encoder="lexical", min_p_edge=0.7)

    def test_unknown_setting_is_named_with_the_known_ones(self, tmp_path):
        path = tmp_path / "c.toml"
        path.write_text("colour = 1\n")
        with pytest.raises(errors.ConfigError, match=r"no setting colour; there are .*encoder"):
            config.load(path)

    def test_missing_file_is_one_line(self, tmp_path):
        with pytest.raises(errors.ConfigError, match="no such file"):
            config.load(tmp_path / "none.toml")

    def test_broken_file_is_one_line(self, tmp_path):
        path = tmp_path / "c.toml"
        path.write_text("encoder = \n")
        with pytest.raises(errors.ConfigError, match="not TOML"):
            config.load(path)
