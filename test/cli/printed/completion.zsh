autoload -U +X bashcompinit && bashcompinit
_ax_users() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  local command="${COMP_WORDS[1]}" options="" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "list get create update delete resend-invitation reset-password orgs export plan apply resume sandbox demo completion --help --version" -- "$current"))
    return
  fi
  if [ "$command" = orgs ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W "list get create update delete add-user remove-user" -- "$current"))
      return
    fi
    command="orgs ${COMP_WORDS[2]}"
  fi
  case "$command $previous" in
    "list --status") words="active invited expired" ;;
    "list --output") words="table json jsonl csv" ;;
    "get --output") words="table json jsonl csv" ;;
    "create --invite-mode") words="none email_link temporary_password" ;;
    "create --output") words="table json jsonl csv" ;;
    "update --output") words="table json jsonl csv" ;;
    "delete --output") words="table json jsonl csv" ;;
    "resend-invitation --output") words="table json jsonl csv" ;;
    "reset-password --output") words="table json jsonl csv" ;;
    "orgs list --output") words="table json jsonl csv" ;;
    "orgs get --output") words="table json jsonl csv" ;;
    "orgs create --output") words="table json jsonl csv" ;;
    "orgs update --output") words="table json jsonl csv" ;;
    "orgs delete --output") words="table json jsonl csv" ;;
    "orgs add-user --output") words="table json jsonl csv" ;;
    "orgs remove-user --output") words="table json jsonl csv" ;;
    "export --output") words="table json jsonl csv" ;;
    "plan --format") words="csv tsv json jsonl yaml" ;;
    "plan --only") words="create renew update ensure_member remove_member delete" ;;
    "plan --output") words="table json jsonl csv" ;;
    "apply --output") words="table json jsonl csv" ;;
    "resume --output") words="table json jsonl csv" ;;
    "sandbox --dialect") words="alpha current" ;;
    "sandbox --output") words="table json jsonl csv" ;;
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "$command" in
    "list") options="--email --status --limit --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "get") options="--key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "create") options="--name --email --role --invite-mode --passwords --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "update") options="--name --developer --no-developer --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "delete") options="--confirm-removals --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "resend-invitation") options="--key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "reset-password") options="--key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs list") options="--limit --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs get") options="--key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs create") options="--description --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs update") options="--name --description --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs delete") options="--yes --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs add-user") options="--role --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "orgs remove-user") options="--key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "export") options="--key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "plan") options="--format --remove-absent --renew --max-removals --protect --remove-admins --only --detailed-exitcode --out --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "apply") options="--journal --passwords --yes --confirm-removals --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "resume") options="--retry-failed --passwords --yes --confirm-removals --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "sandbox") options="--port --users --dialect --key-file --key-stdin --base-url --allow-http --region --json --output --no-input --quiet --verbose --help" ;;
    "demo") options="--key-file --key-stdin --base-url --allow-http --region --no-input --quiet --verbose --help" ;;
    "completion") options="--key-file --key-stdin --base-url --allow-http --region --no-input --quiet --verbose --help" ;;
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _ax_users ax-users
