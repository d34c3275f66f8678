"""Names of chains: which one a person, a list or an exchange means."""

from __future__ import annotations

import re
from itertools import pairwise

from cases.identifiers.texts import fold

# Chains that share Ethereum's addresses: only the network's name tells them apart.
_EVM = {
    "ethereum": "eth erc20 ether ethereummainnet 以太坊",
    "bsc": "bnb bep20 binancesmartchain bnbsmartchain bnbchain smartchain 币安智能链",
    "polygon": "matic pol polygonpos",
    "arbitrum": "arb arbitrumone",
    "optimism": "op opmainnet",
    "base": "",
    "avalanche": "avax avaxc avalanchec cchain avalanchecchain xchain avalanchex pchain avalanchep",
    "fantom": "ftm sonic",
    "cronos": "cro",
    "gnosis": "xdai",
    "celo": "",
    "kaia": "klaytn klay",
    "linea": "",
    "zksync": "zksyncera",
    "scroll": "",
    "blast": "",
    "mantle": "mnt",
    "opbnb": "",
    "ethereum-classic": "etc ethereumclassic",
    "heco": "ht hecochain",
    "okx-chain": "oktc okc okchain okexchain",
    "harmony": "",
    "moonbeam": "glmr",
    "core": "coredao",
    "rootstock": "rsk rbtc smartbitcoin",
}
_OTHER = {
    "bitcoin": "btc xbt bitcoincore lightning omni segwit taproot 比特币 биткоин биткойн بيتكوين",
    "litecoin": "ltc 莱特币",
    "dogecoin": "doge 狗狗币",
    "bitcoin-cash": "bch bitcoincash bcash",
    "dash": "",
    "zcash": "zec",
    "tron": "trx trc20 trc10 tronnetwork 波场",
    "solana": "sol spl",
    "ripple": "xrp xrpl xrpledger rippledledger",
    "stellar": "xlm stellarlumens",
    "ton": "toncoin theopennetwork",
    "cardano": "ada",
    "monero": "xmr 门罗币",
    "cosmos": "atom cosmoshub",
    "tezos": "xtz",
    "beacon-chain": "bep2 bnbbeaconchain",
    "polkadot": "dot",
    "near": "nearprotocol",
    "aptos": "apt",
    "sui": "",
    "algorand": "algo",
    "hedera": "hbar",
}
EVM = tuple(_EVM)
_NAMES = {
    name: slug for slug, names in (_EVM | _OTHER).items() for name in (slug, slug.replace("-", ""), *names.split())
}
_BY_CHAIN_ID = {  # EIP-155, as registered in ethereum-lists/chains
    "1": "ethereum", "10": "optimism", "25": "cronos", "30": "rootstock", "56": "bsc", "61": "ethereum-classic",
    "66": "okx-chain", "100": "gnosis", "128": "heco", "137": "polygon", "204": "opbnb", "250": "fantom",
    "324": "zksync",
    "1284": "moonbeam", "5000": "mantle", "8217": "kaia", "8453": "base",
    "42161": "arbitrum", "42220": "celo", "43114": "avalanche",
    "59144": "linea", "81457": "blast", "534352": "scroll",
}  # fmt: skip
_EXPLORERS = {
    "etherscan.io": "ethereum",
    "bscscan.com": "bsc",
    "polygonscan.com": "polygon",
    "arbiscan.io": "arbitrum",
    "optimistic.etherscan.io": "optimism",
    "basescan.org": "base",
    "snowtrace.io": "avalanche",
    "ftmscan.com": "fantom",
}


def chain_slug(text: str) -> str:
    """The chain that a text names ("TRC-20", "USDT (TRC20)", "Bitcoin"), or "" where it names none or several."""
    words = re.split(r"[\W_]+", fold(text))
    if whole := _NAMES.get("".join(words)):
        return whole
    pairs = map("".join, pairwise(words))
    named = {_NAMES[word] for word in (*words, *pairs) if word in _NAMES}
    return named.pop() if len(named) == 1 else ""


def chain_of_id(chain_id: str) -> str:
    """The network with this EIP-155 number, or ""."""
    return _BY_CHAIN_ID.get(chain_id, "")


def chain_of_explorer(host: str) -> str:
    """The network whose block explorer has this host, or ""."""
    return _EXPLORERS.get(host.removeprefix("www."), "")
